import { describe, expect, it } from "vitest";
import { DRAWN, EVIDENCE, isDrawn } from "@/lib/guides/evidence";
import words from "@/locales/en/guides.json";

describe("a drawn result", () => {
  it("draws a number its own card says", () => {
    const drawn = EVIDENCE.map(({ id }) => id).filter(isDrawn);
    expect(drawn).toHaveLength(Object.keys(DRAWN).length);
    for (const id of drawn) {
      const said = [...words.evidence[id].matchAll(/([\d.]+)(?: of 100)/g)].map(([, met]) =>
        Math.round(Number(met)),
      );
      expect(said, id).toContain(DRAWN[id]);
    }
  });
});
