import { expect, it } from "vitest";
import { takenPath } from "@/lib/kernel/taken-cookie";

it("reads the path of a form from what the browser holds, and nothing from what we never wrote", () => {
  expect(takenPath(encodeURIComponent("/ar/cabinet/prices/lines/tavi"))).toBe(
    "/ar/cabinet/prices/lines/tavi",
  );
  for (const planted of ["%E0%A4%A", "%", "%zz"]) expect(takenPath(planted)).toBeNull();
});
