import { describe, expect, it } from "vitest";
import { COUNTRIES } from "@/lib/guides/country";
import { EMERGENCY_NUMBERS, emergencyNumbersOf } from "@/lib/guides/emergency";

describe("emergency numbers", () => {
  it("are known for every country with treatment centres", () => {
    for (const code of COUNTRIES) expect(emergencyNumbersOf(code), code).not.toBeNull();
  });

  it("name each country once", () => {
    const codes = EMERGENCY_NUMBERS.map((entry) => entry.country);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it("say nothing for a country the list does not know", () => {
    expect(emergencyNumbersOf("ZZ")).toBeNull();
  });
});
