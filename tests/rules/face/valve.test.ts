import { describe, expect, it } from "vitest";
import { LEAFLETS, leafletPath, RING } from "@/components/ui/valve";

function numbersOf(path: string): number[] {
  return [...path.matchAll(/-?\d+\.\d+/g)].map(([text]) => Number(text));
}

describe("the valve", () => {
  it("brings all three leaflets together in the middle when it is closed", () => {
    for (const axis of LEAFLETS) expect(numbersOf(leafletPath(axis, 0)).slice(4, 6)).toEqual([12, 12]);
  });

  it("stays within its ring at every opening", () => {
    for (const opening of [-1, 0, 0.3, 0.7, 1, 2]) {
      const [, , , , x = 0, y = 0] = numbersOf(leafletPath(LEAFLETS[0], opening));
      expect(Math.hypot(x - RING.centre, y - RING.centre)).toBeLessThan(RING.radius);
    }
  });
});
