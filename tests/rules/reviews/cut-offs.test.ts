import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measureNamed } from "@/lib/records/measure";
import { bandOf, GRADES, type Lesion } from "@/lib/reviews/band";
import type { Guideline } from "@/lib/reviews/guideline";
import { SCALES } from "@/lib/reviews/severity";

type Line = readonly [Lesion, Guideline, measure: string, said: string];

/** Each cut-off from both sides, and the value on it; a dash is no grade. */
const LINES: readonly Line[] = [
  [
    "mr_primary",
    "ESC25",
    "mr_eroa_pisa",
    "19.9 mild, 20 moderate, 29.9 moderate, 30 moderate_upper, 39.9 moderate_upper, 40 severe",
  ],
  [
    "mr_primary",
    "ESC21",
    "mr_rvol_pisa",
    "29 mild, 30 moderate, 45 moderate_upper, 59.9 moderate_upper, 60 severe",
  ],
  [
    "mr_secondary",
    "ESC25",
    "mr_rf_continuity",
    "29 mild, 30 moderate, 40 moderate_upper, 49 moderate_upper, 50 severe",
  ],
  ["mr_secondary", "ESC25", "mr_vc_width", "2.9 mild, 3 moderate, 6.9 moderate, 7 severe"],
  ["mr_secondary", "ESC25", "mr_vc_biplane", "7.9 moderate, 8 severe"],
  ["mr_primary", "ESC25", "mv_e_vmax", "1.2 –, 1.21 severe"],
  ["mr_primary", "ESC25", "mr_vti_ratio", "0.99 mild, 1 –, 1.4 –, 1.41 severe"],
  ["mr_primary", "ESC21", "mr_jet_la_ratio", "19 mild, 20 moderate, 40 moderate, 45 –, 50 –, 51 severe"],
  ["mr_primary", "ACC20", "mr_jet_la_ratio", "40 moderate, 41 severe"],
  ["mr_secondary", "ACC20", "mr_eroa_pisa", "39.9 not_severe, 40 severe"],
  [
    "as",
    "ESC25",
    "av_vmax",
    "2.5 sclerosis, 2.6 mild, 2.99 mild, 3 moderate, 3.99 moderate, 4 severe, 5 severe, 5.01 very_severe",
  ],
  ["as", "ACC20", "av_vmax", "1.99 sclerosis, 2 mild, 4.99 severe, 5 very_severe"],
  ["as", "ESC25", "av_mean_gradient", "19 mild, 20 moderate, 39 moderate, 40 severe, 60 very_severe"],
  ["as", "ESC25", "ava_vti", "1.51 mild, 1.5 moderate, 1.01 moderate, 1 severe"],
  ["as", "ESC25", "ava_vti_index", "0.86 mild, 0.85 moderate, 0.61 moderate, 0.6 severe"],
  ["as", "ESC25", "av_velocity_ratio", "0.51 mild, 0.5 moderate, 0.25 moderate, 0.24 severe"],
  ["ar", "ESC25", "ar_vc_width", "2.9 mild, 3 moderate, 6 moderate, 6.1 severe"],
  ["ar", "ESC21", "ar_pht", "501 mild, 500 moderate, 200 moderate, 199 severe"],
  ["ar", "ESC25", "ar_eroa", "9 mild, 10 moderate, 20 moderate_upper, 29 moderate_upper, 30 severe"],
  [
    "ar",
    "ESC25",
    "ar_jet_lvot_ratio",
    "24 mild, 25 moderate, 45 moderate, 46 moderate_upper, 64 moderate_upper, 65 severe",
  ],
  [
    "tr",
    "ESC25",
    "tr_vc_width",
    "2.9 mild, 3 moderate, 7 severe, 13.9 severe, 14 massive, 20.9 massive, 21 torrential",
  ],
  ["tr", "ESC25", "tr_eroa", "19 mild, 20 moderate, 40 severe, 59 severe, 60 massive, 80 torrential"],
  ["tr", "ESC25", "tr_rvol_pisa", "29 mild, 30 moderate, 45 severe, 60 massive, 75 torrential"],
  ["tr", "ESC25", "tr_vca_3d", "74 –, 75 severe, 94.9 severe, 95 massive, 115 torrential"],
  ["tr", "ESC25", "tr_rf", "15 mild, 16 moderate, 49 moderate, 50 severe"],
  ["tr", "ESC25", "tr_pisa_radius", "5.4 mild, 5.5 moderate, 8.9 moderate, 9 severe"],
  ["tr", "ESC21", "tr_vc_width", "7 not_severe, 7.1 severe"],
  ["tr", "ESC21", "tr_pisa_radius", "9 not_severe, 9.1 severe"],
];

function scaleOf(lesion: Lesion, guideline: Guideline, measure: string) {
  const scale = SCALES.find(
    (one) => one.lesion === lesion && one.measure === measure && one.guidelines.includes(guideline),
  );
  if (!scale) throw new Error(`no scale for ${measure}`);
  return scale;
}

describe("the cut-offs", () => {
  it.each(LINES)("%s by %s, %s: each number on its side", (lesion, guideline, measure, said) => {
    const scale = scaleOf(lesion, guideline, measure);
    const answers = said.split(", ").map((one) => {
      const value = one.split(" ")[0] ?? "";
      return `${value} ${bandOf(scale, Number(value))?.grade ?? "–"}`;
    });
    expect(answers.join(", ")).toBe(said);
  });

  it("never put a number in two bands, nor a worse number in a milder one", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SCALES),
        fc.double({ min: 0, max: 300, noNaN: true }),
        fc.double({ min: 0, max: 300, noNaN: true }),
        (scale, one, other) => {
          const inBands = scale.bands.filter(({ bounds }) =>
            bandOf({ ...scale, bands: [{ grade: "mild", bounds }] }, one),
          );
          expect(inBands.length).toBeLessThanOrEqual(1);
          const rank = (value: number) => {
            const grade = bandOf(scale, value)?.grade;
            return grade ? GRADES.indexOf(grade) : null;
          };
          const [low, high] = [rank(Math.min(one, other)), rank(Math.max(one, other))];
          if (low === null || high === null) return;
          const falls = ["ava_vti", "ava_vti_index", "av_velocity_ratio", "ar_pht"].includes(scale.measure);
          expect(falls ? low - high : high - low).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("name a measure that is kept, in its own unit, and a source", () => {
    for (const scale of SCALES) {
      expect(measureNamed(scale.measure), scale.measure).toMatchObject({ unit: scale.unit });
      expect(scale.source.length).toBeGreaterThan(10);
    }
  });
});
