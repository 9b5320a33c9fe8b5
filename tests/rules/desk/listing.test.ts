import { describe, expect, it } from "vitest";
import type { ProcedureLine } from "@/lib/clinics/forms/listing";
import { atPriceRows, readDoctor, readOutcome, readVolumes } from "@/lib/desk/forms/listing";

const typedDoctor = {
  ...{ name: "Ann Lee", title: "Dr.", speciality: "Cardiology", languages: "EN, de", biography: "Invented." },
};

describe("a doctor as typed", () => {
  it("reads languages and yearly numbers", () => {
    const read = readDoctor(
      { ...typedDoctor, volumes: [{ treatment: "teer", volume: "120", year: "2024" }] },
      null,
    );
    expect(read.data).toMatchObject({
      languages: ["en", "de"],
      volumes: [{ treatment: "teer", volume: 120, year: 2024 }],
    });
    expect(read.data).not.toHaveProperty("slug");
    expect(readDoctor(typedDoctor, "ann-lee").data).toMatchObject({ slug: "ann-lee", volumes: [] });
  });

  it("names the field of a row that is not whole", () => {
    const read = readDoctor({ ...typedDoctor, volumes: [{ treatment: "teer", volume: "120" }] }, null);
    expect(read.error?.issues.map((issue) => issue.path.join("."))).toEqual(["volumes.0.year"]);
  });
});

describe("a result as typed", () => {
  const typed = {
    ...{ treatment: "teer", metric: "death_30_days", value: "1,5", unit: "percent" },
    ...{ n: "200", year: "2024", source: "Report" },
  };

  it("reads a comma, and keeps patients, year and source", () => {
    expect(readOutcome(typed).data).toMatchObject({ value: 1.5, n: 200, year: 2024, source: "Report" });
  });

  it.each([
    ["value", "few"],
    ["value", "120"],
    ["n", "0"],
    ["source", ""],
  ])("refuses %s of %j at its field", (field, value) => {
    const paths = readOutcome({ ...typed, [field]: value }).error?.issues.map((issue) => issue.path[0]);
    expect(paths).toEqual([field]);
  });
});

describe("yearly numbers of procedures as typed", () => {
  const line: ProcedureLine = {
    ...{
      treatment: "teer",
      device: "mitraclip",
      access: null,
      currency: "EUR",
      low: 1,
      expected: 2,
      high: 3,
    },
    ...{ volume: 80, volumeYear: 2023, volumeSource: "Report", basis: "List", included: [], excluded: [] },
    ...{ stayDaysLow: 2, stayDaysHigh: 4, validFrom: "2026-01-01", validTo: "2026-12-31" },
  };
  const read = (row: Record<string, string>) => readVolumes({ volumes: { "teer-mitraclip": row } }, [line]);

  it("changes the numbers and nothing else", () => {
    const { data } = read({ volume: "95", volumeYear: "2025", volumeSource: "Register" });
    expect(data?.procedures).toEqual([{ ...line, volume: 95, volumeYear: 2025, volumeSource: "Register" }]);
  });

  it("shows no year and source without a number", () => {
    expect(read({ volumeYear: "2025" }).data?.procedures?.[0]).toMatchObject({
      ...{ volume: null, volumeYear: null, volumeSource: null },
    });
  });

  it("asks for year and source of a number, at its row", () => {
    const { error } = read({ volume: "95" });
    const errors = Object.fromEntries((error?.issues ?? []).map((one) => [one.path.join("."), one.message]));
    expect(Object.keys(atPriceRows(errors, [line], "volumes"))).toEqual([
      "volumes.teer-mitraclip.volumeYear",
    ]);
  });
});
