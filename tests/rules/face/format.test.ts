import { describe, expect, it } from "vitest";
import {
  formatAge,
  formatBytes,
  formatDay,
  formatList,
  formatMoment,
  formatMoney,
  formatMoneyShort,
  sentenceStart,
} from "@/components/ui/format";

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

describe("sums and times as readers see them", () => {
  it("writes each currency with its own number of decimals", () => {
    expect(formatMoney(123_450n, "EUR", "en")).toBe("€1,234.50");
    expect(plain(formatMoney(123_450n, "EUR", "de"))).toBe("1.234,50 €");
    expect(formatMoney(5_000n, "JPY", "en")).toContain("5,000");
    expect(formatMoney(1_234n, "KWD", "en")).toContain("1.234");
  });

  it("loses no cent of a sum beyond the reach of a float", () => {
    expect(formatMoney(9_007_199_254_740_993n, "EUR", "en")).toBe("€90,071,992,547,409.93");
  });

  it("tells a file's size in the unit a person reads it in", () => {
    expect(formatBytes(300, "en")).toBe("1 kB");
    expect(formatBytes(20_480, "en")).toBe("20 kB");
    expect(formatBytes(999_900, "en")).toBe("1 MB");
    expect(formatBytes(2_340_000, "en")).toBe("2.3 MB");
    expect(formatBytes(160_692_224, "en")).toBe("161 MB");
    expect(formatBytes(5_100_000_000, "en")).toBe("5.1 GB");
  });

  it("keeps the sign and the leading zero of small sums", () => {
    expect(formatMoney(-5n, "EUR", "en")).toBe("-€0.05");
  });

  it("drops only decimals that tell nothing in the short form", () => {
    expect(formatMoneyShort(2_450_000n, "EUR", "en")).toBe("€24,500");
    expect(formatMoneyShort(2_450_050n, "EUR", "en")).toBe("€24,500.50");
  });

  it("refuses a currency the portal does not know", () => {
    expect(() => formatMoney(1n, "ZZZ", "en")).toThrow(RangeError);
  });

  it("shows the digits of price lists in Arabic", () => {
    expect(formatMoney(123_450n, "EUR", "ar")).toContain("1,234.50");
  });

  it("keeps the letters and the sign of a symbol together in Arabic", () => {
    expect(formatMoneyShort(100n, "USD", "ar")).toContain("\u2066US$\u2069");
    expect(formatMoneyShort(100n, "EUR", "ar")).not.toContain("\u2066");
  });

  it("says an age in the reader's words", () => {
    expect(formatAge(12, "en")).toBe("12 days");
    expect(formatAge(183, "en")).toBe("6 months");
    expect(formatAge(183, "ar")).toBe("6 أشهر");
    expect(formatAge(1_000, "en")).toBe("33 months");
    expect(formatAge(9_466, "en")).toBe("26 years");
  });

  it("puts the comma of the language between words", () => {
    expect(formatList(["Köln", "ألمانيا"], "ar")).toBe("\u2068Köln\u2069، \u2068ألمانيا\u2069");
    expect(formatList(["Köln", "Germany"], "en")).toBe("Köln, Germany");
  });

  it("begins a sentence with words that stand inside others, and leaves Arabic alone", () => {
    expect(sentenceStart("you cancel", "en")).toBe("You cancel");
    expect(sentenceStart("ألغيت أنت", "ar")).toBe("ألغيت أنت");
    expect(sentenceStart("", "en")).toBe("");
  });

  it("keeps a calendar day in every zone", () => {
    expect(formatDay("2026-05-04", "en")).toBe("4 May 2026");
  });

  it("names the zone of every moment", () => {
    const at = new Date("2026-05-04T08:00:00Z");
    expect(formatMoment(at, "Europe/Berlin", "en")).toBe("4 May 2026, 10:00 CEST");
  });
});
