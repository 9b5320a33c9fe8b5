import { describe, expect, it } from "vitest";
import { isUnfinished, type QueuedFile } from "@/components/records/upload-file";

type Told = Pick<QueuedFile, "state" | "reason">;
const failed = (reason: QueuedFile["reason"]): Told => ({ state: "failed", reason });

describe("who leaves the page", () => {
  it.each(["waiting", "looking", "running", "paused"] as const)("is warned while a file is %s", (state) => {
    expect(isUnfinished({ state, reason: null })).toBe(true);
  });

  it.each(["done", "here"] as const)("is not kept by a file that is %s", (state) => {
    expect(isUnfinished({ state, reason: null })).toBe(false);
  });

  it("is warned of what goes on by itself when the line or the store is back", () => {
    for (const reason of ["no_line", "store_away", "storage_full"] as const)
      expect(isUnfinished(failed(reason)), reason).toBe(true);
  });

  it("is not kept by what was refused, or is no longer where it was", () => {
    expect(isUnfinished(failed({ said: "This case takes no more files." }))).toBe(false);
    expect(isUnfinished(failed("out_of_reach"))).toBe(false);
  });
});
