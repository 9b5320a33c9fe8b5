import { describe, expect, it } from "vitest";
import { treatmentVolume } from "@/lib/clinics/price-range";

const told = (treatment: string, volume: number | null, volumeYear: number | null = 2025) => ({
  treatment,
  volume,
  volumeYear,
  volumeSource: "Own register",
});

describe("how often a treatment was done", () => {
  it("counts all its devices together, and no other treatment", () => {
    const listed = [told("teer", 110), told("teer", 59), told("teer", null), told("tavi", 160)];
    expect(treatmentVolume(listed, "teer")).toEqual({ count: 169, year: 2025, source: "Own register" });
  });

  it("adds up no two years", () => {
    expect(treatmentVolume([told("teer", 110, 2024), told("teer", 59)], "teer")).toMatchObject({
      count: 59,
      year: 2025,
    });
  });

  it("is not known where nothing is said", () => {
    expect(treatmentVolume([told("teer", null)], "teer")).toBeNull();
    expect(treatmentVolume([], null)).toBeNull();
  });
});
