import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Lesion, LESIONS } from "@/lib/reviews/band";
import { calciumLikelihood, flowStateOf } from "@/lib/reviews/flow-state";
import type { Guideline } from "@/lib/reviews/guideline";
import { GUIDELINES } from "@/lib/reviews/guideline";
import { SCALES, severityOf } from "@/lib/reviews/severity";
import { alertsOf } from "@/lib/reviews/severity-alert";

describe("the severity of a lesion", () => {
  const graded = (lesion: Lesion, numbers: Record<string, number>, guideline: Guideline = "ESC25") => {
    const severity = severityOf(lesion, numbers, guideline);
    return severity.state === "graded" ? severity.grade : severity.reason;
  };

  it("is never told from one number, nor from one thing measured twice", () => {
    expect(graded("mr_primary", {})).toBe("too_few");
    expect(graded("mr_primary", { mr_eroa_pisa: 55 })).toBe("too_few");
    expect(graded("mr_primary", { mr_rvol_pisa: 70, mr_rvol_continuity: 72 })).toBe("too_few");
    expect(graded("as", { ava_vti: 1.6, ava_vti_index: 0.9 })).toBe("too_few");
    expect(graded("mr_primary", { mr_eroa_pisa: 55, mv_e_vmax: 1.5 })).toBe("too_few");
  });

  it("needs two numbers that agree, and more for it than against it", () => {
    expect(graded("mr_primary", { mr_eroa_pisa: 45, mr_rvol_pisa: 65 })).toBe("severe");
    expect(graded("mr_primary", { mr_eroa_pisa: 45, mr_rvol_pisa: 40 })).toBe("discordant");
    expect(graded("mr_primary", { mr_eroa_pisa: 45, mr_rvol_pisa: 65, mr_vc_width: 5 })).toBe("severe");
    expect(graded("mr_primary", { mr_eroa_pisa: 45, mr_rvol_pisa: 65, mr_vc_width: 5, mr_rf_pisa: 35 })).toBe(
      "discordant",
    );
    expect(graded("mr_primary", { mr_eroa_pisa: 25, mr_rvol_pisa: 50 })).toBe("moderate");
    expect(graded("mr_primary", { mr_eroa_pisa: 35, mr_rvol_pisa: 50 })).toBe("moderate_upper");
  });

  it("differs by guideline where the guidelines differ", () => {
    const numbers = { mr_eroa_pisa: 35, mr_rvol_pisa: 50 };
    expect(severityOf("mr_secondary", numbers, "ESC25")).toMatchObject({
      state: "graded",
      grade: "moderate_upper",
      orElse: { grade: "severe", conditions: ["elliptical_orifice", "low_flow"] },
    });
    expect(severityOf("mr_primary", numbers, "ESC25")).toMatchObject({ orElse: null });
    expect(severityOf("mr_secondary", numbers, "ACC20")).toMatchObject({ grade: "not_severe", orElse: null });
    expect(graded("tr", { tr_vc_width: 15, tr_eroa: 62 })).toBe("massive");
    expect(graded("tr", { tr_vc_width: 15, tr_eroa: 62 }, "ESC21")).toBe("severe");
    expect(graded("tr", { tr_vc_width: 15, tr_eroa: 62 }, "ACC20")).toBe("no_cut_offs");
  });

  it("goes no higher within severe than two numbers reach", () => {
    expect(graded("tr", { tr_vc_width: 22, tr_eroa: 45 })).toBe("severe");
    expect(graded("tr", { tr_vc_width: 22, tr_eroa: 65, tr_rvol_pisa: 50 })).toBe("massive");
    expect(graded("as", { av_vmax: 5.2, av_mean_gradient: 50, ava_vti: 0.7 })).toBe("severe");
    expect(graded("as", { av_vmax: 5.2, av_mean_gradient: 65, ava_vti: 0.7 })).toBe("very_severe");
  });

  it("leaves a small area with a low gradient to a person, with the state of the flow", () => {
    const small = { av_vmax: 3.2, av_mean_gradient: 28, ava_vti: 0.9 };
    expect(severityOf("as", small, "ESC25")).toMatchObject({
      state: "cannot_be_graded",
      reason: "low_gradient",
      flow: "low_gradient_flow_unknown",
    });
    expect(severityOf("as", { ...small, svi: 35, lvef_biplane: 49 }, "ESC25").flow).toBe(
      "low_flow_reduced_ejection",
    );
    expect(severityOf("as", { ...small, svi: 35, lvef_us: 50 }, "ESC25").flow).toBe(
      "low_flow_preserved_ejection",
    );
    expect(severityOf("as", { ...small, svi: 35 }, "ACC20").flow).toBe("normal_flow_low_gradient");
    expect(severityOf("as", { ...small, svi: 34.9 }, "ACC20").flow).toBe("low_flow_ejection_unknown");
    expect(severityOf("as", { ...small, svi: 36 }, "ESC25").flow).toBe("normal_flow_low_gradient");
  });

  it("says when a number that carries the grade stands within 5 % of a cut-off", () => {
    const isBorderline = (numbers: Record<string, number>) => {
      const severity = severityOf("mr_primary", numbers, "ESC25");
      return severity.state === "graded" && severity.isBorderline;
    };
    expect(isBorderline({ mr_eroa_pisa: 42, mr_rvol_pisa: 70 })).toBe(true);
    expect(isBorderline({ mr_eroa_pisa: 42.1, mr_rvol_pisa: 70 })).toBe(false);
    expect(isBorderline({ mr_eroa_pisa: 55, mr_rvol_pisa: 63 })).toBe(true);
    expect(severityOf("as", { ava_vti: 0.95, av_mean_gradient: 50 }, "ESC25")).toMatchObject({
      isBorderline: true,
    });
  });

  it("never grades what fewer than two families of deciding numbers carry", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LESIONS),
        fc.constantFrom(...GUIDELINES),
        fc.dictionary(
          fc.constantFrom(...SCALES.map(({ measure }) => measure)),
          fc.double({ min: 0.1, max: 200, noNaN: true }),
        ),
        (lesion, guideline, numbers) => {
          const severity = severityOf(lesion, numbers, guideline);
          const families = new Set(
            severity.items
              .filter(({ weight, grade }) => weight === "decides" && grade)
              .map(({ family }) => family),
          );
          if (families.size < 2) expect(severity.state).toBe("cannot_be_graded");
          if (severity.state !== "graded") return;
          expect(severity.items.some(({ grade }) => grade === severity.grade)).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe("numbers that do not fit", () => {
  const alerts = (lesion: Lesion, numbers: Record<string, number>) =>
    alertsOf(lesion, numbers, severityOf(lesion, numbers, "ESC25"));

  it("are pointed out: area against gradient, orifice against volume, a unit", () => {
    expect(alerts("as", { av_mean_gradient: 40, ava_vti: 1.01 })).toEqual(["gradient_high_area_large"]);
    expect(alerts("as", { av_mean_gradient: 40, ava_vti: 1 })).toEqual([]);
    expect(alerts("as", { av_mean_gradient: 39, ava_vti: 1 })).toEqual([
      "area_small_gradient_low_flow_unknown",
    ]);
    expect(alerts("as", { av_mean_gradient: 39, ava_vti: 1, svi: 30, lvef_us: 60 })).toEqual([]);
    expect(alerts("mr_primary", { mr_eroa_pisa: 45, mr_rvol_pisa: 40 })).toEqual(["eroa_and_volume_apart"]);
    expect(alerts("mr_primary", { mr_eroa_pisa: 45, mr_rvol_pisa: 50 })).toEqual([]);
    expect(alerts("mr_primary", { mr_eroa_pisa: 0.45, mr_rvol_pisa: 25 })).toEqual(["eroa_probably_cm2"]);
  });

  it("include the flow: a high gradient over a large area is not called normal", () => {
    expect(flowStateOf({ av_vmax: 4, ava_vti: 1.2 }, "ESC25")).toBe("high_gradient_large_area");
    expect(flowStateOf({ av_vmax: 3.9, av_mean_gradient: 39, ava_vti: 1.2 }, "ESC25")).toBeNull();
    expect(flowStateOf({ av_vmax: 4.1, ava_vti_index: 0.6 }, "ESC25")).toBe("high_gradient");
  });
});

describe("calcium of the valve", () => {
  it("has its own limits for women and men", () => {
    expect([799, 800, 1_200, 1_201, 1_600, 1_601].map((one) => calciumLikelihood(one, "female"))).toEqual([
      "unlikely",
      "between",
      "between",
      "likely",
      "likely",
      "very_likely",
    ]);
    expect([1_599, 1_600, 2_000, 2_001, 3_000, 3_001].map((one) => calciumLikelihood(one, "male"))).toEqual([
      "unlikely",
      "between",
      "between",
      "likely",
      "likely",
      "very_likely",
    ]);
  });
});
