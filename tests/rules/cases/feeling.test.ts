import { describe, expect, it } from "vitest";
import { feelingOf, readSymptoms, readValue, readValues, reportValueOf } from "@/lib/cases/feeling";

describe("a value of the last report", () => {
  it("is kept as it was typed, with its unit", () => {
    expect(readValue("eroa", "0.4", "cm2")).toEqual({ value: 0.4, unit: "cm2" });
    expect(readValue("eroa", " 40 ", "mm2")).toEqual({ value: 40, unit: "mm2" });
    expect(readValue("valveArea", "80", "mm2")).toEqual({ value: 80, unit: "mm2" });
  });

  it.each(["0,4", "٠٫٤", "۰٫۴"])("is read from %s too", (typed) => {
    expect(readValue("eroa", typed, "cm2")).toEqual({ value: 0.4, unit: "cm2" });
  });

  it("names the unit that was meant", () => {
    expect(readValue("eroa", "0.4", "mm2")).toEqual({ slip: "unit", value: 0.4, unit: "mm2", other: "cm2" });
    expect(readValue("valveArea", "80", "cm2")).toMatchObject({ slip: "unit", other: "mm2" });
  });

  it("is refused where no heart has it, with what would be possible in the unit chosen", () => {
    expect(readValue("lvef", "3", "%")).toEqual({ slip: "range", low: 5, high: 85, unit: "%" });
    expect(readValue("eroa", "0", "cm2")).toEqual({ slip: "range", low: 0.01, high: 2.5, unit: "cm2" });
    expect(readValue("meanGradient", "121", "mmHg")).toMatchObject({ slip: "range" });
  });

  it.each(["about 40", "-40", "1e2", "4 0", "4.0.0", "40000"])("is no number as %s", (typed) => {
    expect(readValue("lvef", typed, "%")).toEqual({ slip: "number" });
  });

  it("has one of its own units", () => {
    expect(readValue("lvef", "40", "mmHg")).toEqual({ slip: "number" });
  });
});

describe("how one feels", () => {
  it("may be left out", () => {
    expect(readSymptoms({ "symptoms.nyha": "" }, null, ["nyha"])).toEqual({});
    expect(readValues({ "values.eroa": " ", "unit.eroa": "mm2" }, null)).toEqual({ ok: true, values: {} });
  });

  it("keeps what a screen does not ask for, and takes an emptied answer away", () => {
    const symptoms = { nyha: "II", stairs: "one", Since: "3 months" };
    expect(readSymptoms({ "symptoms.nyha": "III" }, symptoms, ["nyha"])).toEqual({
      ...symptoms,
      nyha: "III",
    });
    expect(readSymptoms({}, symptoms, ["stairs"])).toEqual({ nyha: "II", Since: "3 months" });
    const values = { lvedd: { value: 60, unit: "mm" }, lvef: { value: 30, unit: "%" } };
    const read = readValues({ "values.lvef": "" }, values);
    expect(read).toEqual({ ok: true, values: { lvedd: { value: 60, unit: "mm" } } });
    expect(values).toHaveProperty("lvef");
  });

  it("takes no answer that was not offered", () => {
    const typed = { "symptoms.nyha": "V", "symptoms.stairs": "one" };
    expect(readSymptoms(typed, null, ["nyha", "stairs"])).toEqual({ stairs: "one" });
  });

  it("names each value that cannot be right, and keeps none of the screen", () => {
    const read = readValues({ "values.eroa": "0.4", "unit.eroa": "mm2", "values.lvef": "x" }, null);
    expect(read).toMatchObject({ ok: false, slips: { eroa: { slip: "unit" }, lvef: { slip: "number" } } });
  });

  it("shows again what was kept, and passes over answers of another shape", () => {
    const kept = {
      symptoms: { nyha: "II", stairs: 3 },
      values: { eroa: { value: 42, unit: "mm2" }, lvef: "35 %" },
    };
    expect(feelingOf(kept)).toEqual({
      symptoms: { nyha: "II" },
      values: { eroa: { value: 42, unit: "mm2" } },
    });
    expect(feelingOf({ symptoms: "tired", values: ["x"] })).toEqual({ symptoms: {}, values: {} });
    expect(reportValueOf({ value: "42", unit: "mm2" })).toBeNull();
  });
});
