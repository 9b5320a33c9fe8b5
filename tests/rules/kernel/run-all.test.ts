import { expect, it } from "vitest";
import { runAll } from "@/lib/kernel/run-all";

it("runs every step in its turn though one before it fails, and tells every failure", async () => {
  const ran: string[] = [];
  const step = (name: string, error?: Error) => async () => {
    ran.push(name);
    if (error) throw error;
  };
  const [one, other] = [new Error("one"), new Error("other")];
  const all = runAll([step("a", one), step("b"), step("c", other), step("d")]);
  await expect(all).rejects.toMatchObject({ errors: [one, other], message: "2 of 4 steps failed." });
  expect(ran).toEqual(["a", "b", "c", "d"]);
  await expect(runAll([step("e")])).resolves.toBeUndefined();
});
