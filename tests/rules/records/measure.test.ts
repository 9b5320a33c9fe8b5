import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measured, MEASURES } from "@/lib/records/measure";

describe("a measured number", () => {
  it("is kept in the unit of its measure, with what was told beside it", () => {
    expect(measured("mr_eroa_pisa", 0.4, "cm2")).toEqual({
      ok: true,
      value: { field: "mr_eroa_pisa", value: 40, toldValue: 0.4, toldUnit: "cm2" },
    });
    expect(measured("creatinine", 88.4, "umol/L")).toMatchObject({ value: { value: 1 } });
    expect(measured("lvesd_2d", 4.2, "cm")).toMatchObject({ value: { value: 42 } });
  });

  it("is refused in a unit it would be wrong in, with the one that was meant", () => {
    expect(measured("mr_eroa_pisa", 0.4, "mm2")).toMatchObject({
      ok: false,
      reason: "invalid_unit_chosen",
      detail: { meant_unit: "cm2", low: 1, high: 150 },
    });
    expect(measured("mr_eroa_pisa", 40, "cm2")).toMatchObject({
      reason: "invalid_unit_chosen",
      detail: { meant_unit: "mm2" },
    });
    expect(measured("ava_vti", 90, "cm2")).toMatchObject({
      reason: "invalid_unit_chosen",
      detail: { meant_unit: "mm2" },
    });
    expect(measured("lvesd_2d", 4.2, "mm")).toMatchObject({
      reason: "invalid_unit_chosen",
      detail: { meant_unit: "cm" },
    });
  });

  it("is refused where no unit makes it right, and both ends of the range are taken", () => {
    expect(measured("lvef_biplane", 180, "%")).toMatchObject({ reason: "invalid_value" });
    expect(measured("lvef_biplane", Number.NaN, "%")).toMatchObject({ reason: "invalid_value" });
    expect(measured("lvef_biplane", 5, "%").ok).toBe(true);
    expect(measured("lvef_biplane", 85, "%").ok).toBe(true);
    expect(measured("lvef_biplane", 60, "mm")).toMatchObject({ reason: "invalid_unit" });
    expect(measured("shoe_size", 42, "mm")).toMatchObject({ reason: "invalid_measure" });
  });

  it("is kept as told in its own unit, wherever in the range", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MEASURES),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (measure, share) => {
          const { low, high } = measure.range;
          const kept = low + share * (high - low);
          const itself = measured(measure.field, kept, measure.unit);
          expect(itself).toMatchObject({ ok: true, value: { value: kept } });
        },
      ),
    );
  });

  it("has one name only", () => {
    expect(new Set(MEASURES.map(({ field }) => field)).size).toBe(MEASURES.length);
  });
});
