import { tmpdir } from "node:os";
import { expect, it } from "vitest";
import { run } from "../../load/damage";

it("sees every flipped bit, swapped chunk, cut and extension of some hundred, and tells no sound file damaged", async () => {
  const figures = await run({ count: 500, folder: tmpdir() });
  expect(figures).toMatchObject({ missed: [], kept: true });
});
