import { describe, expect, it } from "vitest";
import { cityLayers } from "@/components/clinics/city-layers";
import { heartLayers, VALVES } from "@/components/pictures/heart-shapes";
import { THREE_LEAF, threeLeafHole } from "@/components/pictures/valve-shapes";
import { DEMO_CLINICS } from "@/prisma/seed/data/clinics";

describe("pictures", () => {
  it("draw every demo centre's city differently, and the same way twice", () => {
    const scenes = DEMO_CLINICS.map(({ slug, city, country }) =>
      JSON.stringify(cityLayers(slug, city, country)),
    );
    expect(new Set(scenes).size).toBe(DEMO_CLINICS.length);
    const again = DEMO_CLINICS.map(({ slug, city, country }) =>
      JSON.stringify(cityLayers(slug, city, country)),
    );
    expect(again).toEqual(scenes);
  });

  it("stay light", () => {
    const heaviest = Math.max(
      ...DEMO_CLINICS.map(
        ({ slug, city, country }) => JSON.stringify(cityLayers(slug, city, country)).length,
      ),
      JSON.stringify(heartLayers()).length,
    );
    expect(heaviest).toBeLessThan(8_000);
  });

  it("colour one valve of the heart, or all four when none is named", () => {
    const coloured = (subject?: (typeof VALVES)[number]) =>
      heartLayers(subject).filter(({ look }) => look === "open").length;
    expect(VALVES.map((valve) => coloured(valve))).toEqual([1, 1, 1, 1]);
    expect(coloured()).toBe(4);
  });

  it("leave no number in a path undefined", () => {
    const paths = [...heartLayers(), ...cityLayers("any", "Nowhere", "ZZ")].map(({ d }) => d);
    const holes = Object.values(THREE_LEAF).map((opening) => threeLeafHole(opening));
    expect([...paths, ...holes].filter((d) => /NaN|undefined|Infinity/u.test(d))).toEqual([]);
  });
});
