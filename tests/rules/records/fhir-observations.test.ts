import { describe, expect, it } from "vitest";
import { numbersOf } from "@/lib/records/coded-number";
import { readFhir } from "@/lib/records/fhir-observations";

const LOINC = "http://loinc.org";

const observation = (code: string, value: number, unit: string, rest: object = {}) => ({
  resourceType: "Observation",
  status: "final",
  code: { coding: [{ system: LOINC, code }] },
  effectiveDateTime: "2026-05-10T09:30:00+02:00",
  valueQuantity: { value, unit, system: "http://unitsofmeasure.org", code: unit },
  ...rest,
});

const bundle = (...resources: object[]) =>
  JSON.stringify({
    resourceType: "Bundle",
    type: "collection",
    entry: resources.map((resource) => ({ resource })),
  });

const read = (...resources: object[]) => numbersOf(readFhir(bundle(...resources))?.numbers ?? []);
const fields = (...resources: object[]) =>
  read(...resources).numbers.map(({ field, value }) => [field, value] as const);

describe("a file of FHIR resources", () => {
  it("tells laboratory and echo values with their day, in our units", () => {
    expect(read(observation("14682-9", 106, "umol/L"), observation("80071-4", 0.42, "cm2"))).toMatchObject({
      doubtful: 0,
      numbers: [
        { field: "creatinine", toldValue: 106, toldUnit: "umol/L", measuredOn: "2026-05-10" },
        { field: "mr_eroa_pisa", value: 42, toldValue: 0.42, toldUnit: "cm2" },
      ],
    });
  });

  it("says whose it is and of when", () => {
    const patient = {
      resourceType: "Patient",
      birthDate: "1951-02-03",
      name: [{ given: ["Anna"], family: "Petrova" }, { text: "А. Петрова" }],
    };
    expect(
      readFhir(
        bundle(
          patient,
          observation("33762-6", 1_800, "pg/mL"),
          observation("33762-6", 900, "pg/mL", { effectiveDateTime: "2026-04-02" }),
        ),
      ),
    ).toMatchObject({
      resources: 3,
      people: [{ birthOn: "1951-02-03", names: ["Anna Petrova", "А. Петрова"] }],
      examOn: "2026-05-10",
    });
  });

  it("takes components, one resource alone, and one number of several codes once", () => {
    const parts = {
      resourceType: "Observation",
      status: "final",
      code: { coding: [{ system: LOINC, code: "18106-5" }] },
      effectivePeriod: { start: "2026-05-10" },
      component: [
        {
          code: { coding: [{ system: LOINC, code: "79964-3" }] },
          valueQuantity: { value: 4.2, unit: "m/s" },
        },
      ],
    };
    expect(numbersOf(readFhir(JSON.stringify(parts))?.numbers ?? []).numbers).toMatchObject([
      { field: "av_vmax", value: 4.2 },
    ]);
    const twice = observation("79964-3", 4.2, "m/s", {
      code: {
        coding: [
          { system: "urn:elsewhere", code: "vmax" },
          { system: LOINC, code: "79964-3" },
          { system: LOINC, code: "79964-3" },
        ],
      },
    });
    expect(fields(twice)).toEqual([["av_vmax", 4.2]]);
  });

  it("leaves out drafts, errors, and what is only more or less than a number", () => {
    for (const status of ["preliminary", "entered-in-error", "cancelled", "registered"])
      expect(fields(observation("79964-3", 4.2, "m/s", { status }))).toEqual([]);
    const less = { valueQuantity: { value: 5, unit: "pg/mL", comparator: "<" } };
    expect(fields(observation("33762-6", 5, "pg/mL", less))).toEqual([]);
    expect(read(observation("79964-3", 4.2, "m/s", { effectiveDateTime: undefined }))).toEqual({
      numbers: [],
      doubtful: 1,
    });
  });

  it("is nothing of the kind when it is not", () => {
    for (const text of ["", "{", "[]", "null", '{"resourceType":4}', '"Bundle"', '{"a":1}'])
      expect(readFhir(text)).toBeNull();
    expect(readFhir('{"resourceType":"Bundle","entry":[{"resource":7},3]}')?.numbers ?? []).toEqual([]);
  });
});
