import { describe, expect, it } from "vitest";
import ar from "@/locales/ar/estimateRates.json";
import en from "@/locales/en/estimateRates.json";
import { DEMO_RATE_SOURCE, EURO_RATE_SOURCE, rateSource } from "@/lib/clinics/rate-source";

describe("who said a rate", () => {
  it("is told in the reader's language where it is us, and by its name where it is a bank", () => {
    for (const source of [DEMO_RATE_SOURCE, EURO_RATE_SOURCE]) {
      expect(rateSource(source, (key) => ar.sources[key])).not.toMatch(/[a-z]/i);
      expect(rateSource(source, (key) => en.sources[key])).not.toMatch(/\p{Script=Arabic}/u);
    }
    expect(rateSource("European Central Bank", () => "ours")).toBe("European Central Bank");
  });
});
