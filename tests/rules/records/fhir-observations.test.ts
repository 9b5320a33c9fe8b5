import { describe, expect, it } from "vitest";
import { numbersOf } from "@/lib/records/coded-number";
import { readFhir } from "@/lib/records/fhir-observations";
import { inspectFhir } from "@/lib/records/inspect-fhir";

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
      people: [
        { birthOn: "1951-02-03", bornIn: null, names: ["Anna Petrova", "А. Петрова"], isUnread: false },
      ],
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

describe("whose a file of FHIR resources is", () => {
  const anna = { birthOn: "1950-01-01", names: ["Anna Petrova"], item: null };
  const number = (rest: object = {}) => observation("33762-6", 1_800, "pg/mL", rest);
  const patient = (told: object) => ({ resourceType: "Patient", ...told });
  const own = patient({ birthDate: "1950-01-01", name: [{ family: "Petrova", given: ["Anna"] }] });
  const asked = (json: string, expected = anna) => {
    const bytes = Buffer.from(json);
    const codes = inspectFhir(bytes, bytes.length, expected).findings.map(({ code }) => code);
    return codes.filter((code) => !code.startsWith("numbers_"));
  };

  it.each<[string, object[], string[]]>([
    ["the patient", [own], []],
    ["a stranger", [patient({ name: [{ family: "Schmidt", given: ["Walter"] }] })], ["name_mismatch"]],
    [
      "a part of whose name is missing",
      [patient({ name: [{ given: [null, "Walter"] }] })],
      ["name_mismatch"],
    ],
    [
      "one of whose names is none",
      [patient({ name: [7, { family: 7, given: "W" }, { text: "Walter Schmidt" }] })],
      ["name_mismatch"],
    ],
    ["a name that cannot be read", [patient({ name: "Walter Schmidt" })], ["name_mismatch"]],
    ["a birth date that cannot be read", [patient({ birthDate: "02.02.1990" })], ["name_mismatch"]],
    ["nobody by name", [patient({ id: "1", name: [] })], []],
    [
      "another year alone",
      [patient({ birthDate: "1990", name: [{ text: "Anna" }] })],
      ["birth_date_mismatch"],
    ],
    ["another month alone", [patient({ birthDate: "1950-02" })], ["birth_date_mismatch"]],
    ["the same year alone", [patient({ birthDate: "1950", name: [{ text: "Anna Petrova" }] })], []],
    ["a day with a time", [patient({ birthDate: "1990-02-02T00:00:00Z" })], ["birth_date_mismatch"]],
  ])("asks as it must for %s", (_who, people, codes) => {
    expect(asked(bundle(...people, number()))).toEqual(codes);
  });

  it("also reads who lies within a resource, and whom its subject names", () => {
    const walter = patient({ id: "p", birthDate: "1990-02-02", name: [{ text: "Walter Schmidt" }] });
    const within = number({ contained: [null, walter], subject: { reference: "#p" } });
    expect(asked(JSON.stringify(within))).toEqual(["birth_date_mismatch", "name_mismatch"]);
    const shown = (display: string, rest: object = {}) => number({ subject: { display, ...rest } });
    expect(asked(JSON.stringify(shown("Walter Schmidt")))).toEqual(["name_mismatch"]);
    expect(asked(JSON.stringify(shown("PETROVA, Anna")))).toEqual([]);
    expect(asked(bundle(own, shown("Walter Schmidt", { reference: "Patient/2" })))).toEqual([
      "name_mismatch",
    ]);
    expect(asked(JSON.stringify(shown("Ward 3", { reference: "Location/3" })))).toEqual([]);
    expect(asked(JSON.stringify(number({ subject: 7, contained: 7 })))).toEqual([]);
  });

  it("takes a subject's name for that of the patient it was told of", () => {
    const married = patient({ birthDate: "1950-01-01", name: [{ text: "Olga Sidorenko" }] });
    expect(asked(bundle(married, number({ subject: { display: "Olga Sidorenko" } })))).toEqual([
      "name_differs",
    ]);
  });
});
