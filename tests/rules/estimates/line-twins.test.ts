import { describe, expect, it } from "vitest";
import { twinRefusal } from "@/lib/estimates/line-twins";

const lines = (...kinds: string[]) => kinds.map((kind) => ({ kind }));

describe("two lines of one kind", () => {
  it.each(["transfer_arrival", "transfer_return", "interpreter", "medicine_supply"])(
    "are refused for %s, which one driver, interpreter or parcel serves",
    (kind) => {
      expect(twinRefusal(lines("treatment", kind, "stay", kind))).toMatchObject({
        reason: "invalid_twin",
        detail: { path: "lines.3.kind" },
      });
    },
  );

  it("stand beside each other where each is marked by itself, and each way has its ride", () => {
    expect(twinRefusal(lines("device", "device", "hotel", "hotel", "other", "other"))).toBeNull();
    expect(twinRefusal(lines("transfer_arrival", "transfer_return", "interpreter"))).toBeNull();
  });
});
