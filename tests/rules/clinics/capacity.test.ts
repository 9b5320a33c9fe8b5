import { describe, expect, it } from "vitest";
import { capacityGaps, mondayOf } from "@/lib/clinics/capacity";
import { expiringProofs } from "@/lib/clinics/proof";

const day = (on: string, capacity: number, taken = 0, treatment = "teer") => ({
  treatment,
  on,
  capacity,
  taken,
});

describe("a week without a free place", () => {
  // 21 November 2026 is a Saturday.
  it("is named by its Monday, and only when no working day of it has one", () => {
    const offered = [day("2026-11-23", 1), day("2026-11-30", 2, 2), day("2026-12-01", 1, 1)];
    expect(capacityGaps(["teer"], offered, "2026-11-21", 17)).toEqual([
      { treatment: "teer", weeks: ["2026-11-30", "2026-12-07"] },
    ]);
  });

  it("is none for another treatment's places, nor for one that is free every week", () => {
    const offered = [day("2026-11-24", 1), day("2026-11-24", 1, 0, "tavi-tf")];
    expect(capacityGaps(["teer", "tmvr"], offered, "2026-11-23", 5)).toEqual([
      { treatment: "tmvr", weeks: ["2026-11-23"] },
    ]);
  });

  it("does not count the days that are over", () => {
    expect(capacityGaps(["teer"], [day("2026-11-23", 1)], "2026-11-25", 3)).toEqual([
      { treatment: "teer", weeks: ["2026-11-23"] },
    ]);
  });

  it("begins on a Monday, for a Sunday too", () => {
    expect(mondayOf("2026-11-29")).toBe("2026-11-23");
    expect(mondayOf("2026-11-23")).toBe("2026-11-23");
  });
});

describe("a proof that expires", () => {
  const proof = (name: string, validUntil: string) => ({
    kind: "certificate" as const,
    name,
    device: null,
    validUntil,
  });

  it("is told of 90 days ahead, the soonest first, and stays when it is over", () => {
    const all = [proof("late", "2027-02-20"), proof("over", "2026-11-20"), proof("last", "2027-02-19")];
    expect(expiringProofs(all, "2026-11-21").map(({ name, daysLeft }) => [name, daysLeft])).toEqual([
      ["over", -1],
      ["last", 90],
    ]);
  });
});
