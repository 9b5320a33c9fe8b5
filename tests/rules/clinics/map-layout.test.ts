import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapLayout } from "@/components/clinics/map-layout";

const place = fc.record({
  country: fc.constantFrom("DE", "CZ", "PL", "TR", "CN", "MY", "AE"),
  latitude: fc.double({ min: -50, max: 70, noNaN: true }),
  longitude: fc.double({ min: -170, max: 170, noNaN: true }),
});

describe("the map of centres", () => {
  it("shows every centre inside its window and no name over another", () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 60 }), (places) => {
        const { window, dots, labels, letter } = mapLayout(places, (country) => `Land ${country}`);
        const [left, top, width, height] = window;
        expect(dots).toHaveLength(places.length);
        for (const { x, y } of dots) {
          expect(x > left && x < left + width && y > top && y < top + height).toBe(true);
        }
        expect(labels.reduce((sum, { count }) => sum + count, 0)).toBe(places.length);
        const wide = "Land XX 00".length * letter * 0.6;
        for (const [at, one] of labels.entries())
          for (const other of labels.slice(at + 1)) {
            const isClear = Math.abs(one.y - other.y) >= letter || Math.abs(one.x - other.x) >= wide * 0.9;
            expect(isClear, `${one.country} and ${other.country}`).toBe(true);
          }
      }),
    );
  });

  it("draws the north above and the east on the right", () => {
    const [berlin, kuala] = mapLayout(
      [
        { country: "DE", latitude: 52.5, longitude: 13.4 },
        { country: "MY", latitude: 3.1, longitude: 101.7 },
      ],
      (country) => country,
    ).dots;
    expect((berlin?.x ?? 0) < (kuala?.x ?? 0) && (berlin?.y ?? 0) < (kuala?.y ?? 0)).toBe(true);
  });
});
