import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { EstimateCard } from "@/components/estimates/estimate-card";
import { knownWords, RefundWords, Quantity, Said } from "@/components/estimates/product-words";
import { EstimateComparison } from "@/components/estimates/estimate-comparison";
import { EstimateSideBySide } from "@/components/estimates/estimate-side-by-side";
import { SumAbout } from "@/components/estimates/sum-about";
import { VersionChanges } from "@/components/estimates/version-changes";
import type { EstimateView } from "@/lib/estimates/views";
import arabicDesk from "@/locales/ar/desk.json";
import arabicWords from "@/locales/ar/estimateWords.json";
import desk from "@/locales/en/desk.json";
import words from "@/locales/en/estimateWords.json";
import clinics from "@/locales/en/clinics.json";
import common from "@/locales/en/common.json";
import estimateChanges from "@/locales/en/estimateChanges.json";
import estimateRates from "@/locales/en/estimateRates.json";
import estimateStates from "@/locales/en/estimateStates.json";
import lineKinds from "@/locales/en/lineKinds.json";
import my from "@/locales/en/my.json";
import treatments from "@/locales/en/treatments.json";
import { PRICE_TEXTS } from "@/prisma/seed/prices";

// A form knows the page it stands on, and no page is open here.
vi.mock("next/navigation", async (real) => ({
  ...(await real<object>()),
  usePathname: () => "/en/my/cases/c/estimates",
  useRouter: () => ({ refresh: () => undefined }),
}));

function read(locale: "en" | "ar", node: ReactNode): string {
  const messages =
    locale === "en"
      ? {
          estimateWords: words,
          clinics,
          common,
          estimateChanges,
          estimateRates,
          estimateStates,
          lineKinds,
          my,
          treatments,
        }
      : { estimateWords: arabicWords, my };
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={messages} timeZone="UTC">
      {node}
    </NextIntlClientProvider>,
  );
}

describe("the words of an estimate", () => {
  it.each([
    ...[desk, arabicDesk].flatMap(({ builder }) => [
      ...Object.values(builder.causes),
      ...Object.values(builder.exclusion),
    ]),
    ...Object.values(PRICE_TEXTS).flatMap(({ excluded }) => excluded),
  ])("are known in every language where the product supplies them: %s", (text) => {
    expect(knownWords(text)).not.toBeNull();
  });

  it("say of a service that has a rule of its own what comes back of it, and of no other line", () => {
    const said = (contract: string, kind: string, options: object | null, locale: "ar" | "en" = "en") =>
      read(locale, <RefundWords line={{ contract, kind, options }} />);
    const half = { refundRule: "half" };
    expect(said("B", "hotel", half)).toContain("If you cancel or do not come: half of it comes back");
    expect(said("B", "hotel", half, "ar")).toContain("إن ألغيت أو لم تحضر: يُرد نصفه");
    expect(said("B", "hotel", { refundRule: "house" })).toBe("");
    expect(said("B", "hotel", null)).toBe("");
    expect(said("A", "treatment", half)).toBe("");
    expect(said("B", "operator_fee", half)).toBe("");
  });

  it("are read in the reader's language, and a person's own as they were written", () => {
    expect(read("ar", <Said text="A pacemaker, if needed" />)).toBe("جهاز تنظيم ضربات القلب، إن لزم");
    expect(read("en", <Said text={arabicWords.known.fixed} />)).toBe("Fixed price");
    expect(read("ar", <Said text="The old stent is taken out" />)).toBe(
      "<bdi>The old stent is taken out</bdi>",
    );
  });

  it("count as one speaks", () => {
    expect(read("en", <Quantity quantity={4} unit="hour" />)).toBe("4 hours");
    expect(read("ar", <Quantity quantity={4} unit="hour" />)).toBe("4 ساعات");
    expect(read("en", <Quantity quantity={1} unit="case" />)).toBe("");
  });
});

const sum = (amount: number) => ({ amount, currency: "EUR" });
const fixed = { low: sum(100), expected: sum(100), high: sum(100) };
const line = {
  position: 1,
  label: null,
  quantity: 1,
  unit: "case",
  cause: "Fixed price",
  taxBp: 0,
  options: null,
};
const estimate: EstimateView = {
  ...{ id: "e", reviewId: "r", caseId: "c", clinic: "rheintal", clinicName: "Rheintal", version: 1 },
  ...{ state: "sent", currency: "EUR", validUntil: "2027-01-01", exclusions: [], assumptions: [], hash: "h" },
  lines: [{ ...line, ...fixed, id: "l", contract: "B", kind: "operator_fee", optional: false }],
  ...{ totals: fixed, totalsWithOptional: fixed, contracts: { A: fixed, B: fixed } },
  ...{ rejectReason: null, createdAt: "", sentAt: null, answeredAt: null, sentRates: null },
};
const reading = { currency: "EUR" as const, rates: new Map(), locale: "en" };
const act = () => Promise.resolve({ status: "done" as const });
const card = (isPassedOver: boolean) =>
  read(
    "en",
    <EstimateCard
      estimate={estimate}
      beside={{ before: null, plan: null, reading }}
      locale="en"
      isOpen={!isPassedOver}
      isPassedOver={isPassedOver}
      accept={act}
      reject={act}
    />,
  );

describe("an estimate beside the one that was accepted", () => {
  it("says that it was not chosen and offers no act", () => {
    expect(card(false)).toContain("Accept this estimate");
    expect(card(false)).toContain("Waits for your answer");
    expect(card(true)).toContain("Not chosen");
    expect(card(true)).not.toContain("Accept this estimate");
    expect(card(true)).not.toContain("Waits for your answer");
  });

  it("shows one number where the price is fixed", () => {
    expect(card(false).match(/Our fee/g)).toHaveLength(1);
    expect(card(false)).toContain("fixed price");
  });
});

describe("an estimate read in another currency", () => {
  const told = (rate: string, day: string) => ({ rate, source: "ECB", at: new Date(`${day}T00:00:00Z`) });
  const sentRates = [{ quote: "CNY", rate: "8", source: "ECB", at: "2026-11-05T00:00:00Z" }];
  const inYuan = {
    currency: "CNY" as const,
    rates: new Map([["CNY", told("9", "2026-11-20")]]),
    locale: "en",
  };
  const sums = { low: sum(100_000), expected: sum(200_000), high: sum(300_000) };
  const said = (one: EstimateView) => read("en", <SumAbout estimate={one} reading={inYuan} />);

  it("says what it was about at the rate it was sent with, and what it is about today", () => {
    const text = said({ ...estimate, totals: sums, sentRates });
    expect(text).toContain("about CN¥8,000, expected about CN¥16,000, at most about CN¥24,000");
    expect(text).toContain("At the rate it was sent with: 1 EUR = 8 CNY, ECB, 5 Nov 2026");
    expect(text).toContain(
      "Today the expected sum would be about CN¥18,000 (1 EUR = 9 CNY, ECB, 20 Nov 2026)",
    );
    expect(said({ ...estimate, totals: sums, sentRates, state: "superseded" })).not.toContain("Today");
  });

  it("says that the rate is today's where none was kept, and that none is known where there is none", () => {
    expect(said({ ...estimate, totals: sums })).toContain("At today&#x27;s rate: 1 EUR = 9 CNY");
    expect(said({ ...estimate, totals: sums, sentRates: [] })).toContain(
      "At today&#x27;s rate: 1 EUR = 9 CNY",
    );
    const nowhere = { ...inYuan, rates: new Map() };
    expect(read("en", <SumAbout estimate={estimate} reading={nowhere} />)).toContain(
      "No rate to CNY is known",
    );
    expect(said({ ...estimate, currency: "CNY" })).toBe("");
  });
});

describe("a new version of an estimate", () => {
  it("says what it costs now and before, what is new and what was left out", () => {
    const hotel = { ...line, ...fixed, id: "h", contract: "B", kind: "hotel", optional: true } as const;
    const dearer = { low: sum(100), expected: sum(150), high: sum(200) };
    const after = {
      ...{ ...estimate, version: 2, totals: dearer, exclusions: ["A pacemaker, if needed"] },
      lines: [
        { ...line, ...dearer, id: "m", contract: "B" as const, kind: "operator_fee", optional: false },
        hotel,
      ],
    };
    const said = read("en", <VersionChanges before={estimate} after={after} locale="en" />).replaceAll(
      /<[^>]*>/g,
      "",
    );
    expect(said).toContain("What is new since version 1");
    expect(said).toContain("expected to cost €1.50; it was €1.00");
    expect(said).toContain("Our fee: €1.50 (€1.00 – €2.00); it was €1.00");
    expect(said).toContain("New, of your choice: Hotel, €1.00");
    expect(said).toContain("New under “not included”: A pacemaker, if needed");
  });

  it("never says that nothing changed when another device, treatment, cause or tax stands at the same price", () => {
    const of = (device: string, treatment: string, cause: string, taxBp: number) => ({
      ...estimate,
      lines: estimate.lines.map((one) => ({
        ...one,
        cause,
        taxBp,
        options: { device, treatment, room: "2" },
      })),
    });
    const before = of("sapien-3", "tavi-transfemoral", "Fixed price", 0);
    const after = of("evolut", "tavi-transapical", "My own words", 1900);
    const said = (one: EstimateView, other: EstimateView) =>
      read("en", <VersionChanges before={one} after={other} locale="en" />).replaceAll(/<[^>]*>/g, "");
    expect(said(before, before)).toContain("Lines, exclusions and assumptions are the same.");
    const told = said(before, after);
    expect(told).not.toContain("are the same");
    expect(told).toContain("Our fee: the device is now Evolut");
    expect(told).toContain("the treatment is now Aortic valve between the ribs (TAVI, transapical)");
    expect(told).toContain("about its price: My own words; it was Fixed price");
    expect(told).toContain("the tax in it is now 19%; it was 0%");
    expect(said(estimate, before)).toContain("it was not named");
    expect(said(estimate, before)).toContain("Our fee, room: now 2");
  });

  it("stands beside others in the reader's currency, marked about, and says what another has not", () => {
    const rates = new Map([["USD", { rate: "2", source: "test", at: new Date(0) }]]);
    const dollars = { amount: 500_000, currency: "USD" };
    const other = {
      ...{ ...estimate, id: "o", clinicName: "Ankara", currency: "USD" },
      lines: [{ ...line, low: dollars, expected: dollars, high: dollars, id: "t" }].map((one) => ({
        ...one,
        contract: "A" as const,
        kind: "treatment",
        optional: false,
      })),
    };
    const said = read(
      "en",
      <EstimateSideBySide estimates={[estimate, other]} currency="EUR" rates={rates} locale="en" />,
    ).replaceAll(/<[^>]*>/g, " ");
    expect(said).toMatch(/Treatment\s+Rheintal\s+not in this estimate\s+Ankara\s+about €2,500\s+US\$5,000/);
    expect(said).toMatch(/Our fee\s+Rheintal\s+€1\s+Ankara\s+not in this estimate/);
    expect(said).toMatch(
      /Reckoned at today.{1,10}s rate\s+Rheintal\s+–\s+Ankara\s+1 USD = 0.5 EUR, test, 1 Jan 1970/,
    );
  });

  it("has the totals of the table above at the foot of its lines, at one rate for both, whatever it was sent with", () => {
    const at = new Date("2026-11-20T00:00:00Z");
    const rates = new Map([["USD", { rate: "1.08", source: "ECB", at }]]);
    const usd = (amount: number) => ({ amount, currency: "USD" });
    const ranged = (amount: number) => ({ low: usd(amount), expected: usd(amount), high: usd(amount) });
    const amounts = [3_333_333, 12_345, 67_891];
    const whole = amounts.reduce((one, other) => one + other, 0);
    const dollars = {
      ...{ ...estimate, id: "o", clinicName: "Ankara", currency: "USD" },
      ...{ totals: ranged(whole), totalsWithOptional: ranged(whole) },
      sentRates: [{ quote: "USD", rate: "2", source: "ECB", at: "2026-11-05T00:00:00Z" }],
      lines: amounts.map((amount, index) => ({
        ...{ ...line, ...ranged(amount), id: `${index}`, contract: "A" as const, optional: false },
        kind: ["treatment", "hotel", "visa"][index] ?? "other",
      })),
    };
    const both = [estimate, dollars];
    const shown = { currency: "EUR" as const, rates, locale: "en" };
    const plain = (node: ReactNode) => read("en", node).replaceAll(/<[^>]*>/g, " ");
    const above = plain(<EstimateComparison estimates={both} reading={shown} address="/x" />);
    const below = plain(<EstimateSideBySide estimates={both} {...shown} />);
    const euros = (text: string) =>
      [...text.matchAll(/about €([\d,]+)/g)].map(([, sum = ""]) => Number(sum.replaceAll(",", "")));
    const [treatment = 0, hotel = 0, visa = 0, needed = 0] = euros(below);
    expect(treatment + hotel + visa).toBe(needed);
    expect(euros(above)[0]).toBe(needed);
    expect(needed).toBe(Math.round(whole / 108));
    expect(above).toMatch(/At today.{1,10}s rate: 1 USD = 0.92593 EUR, ECB, 20 Nov 2026/);
    expect(above).toContain("When it was sent about €17,100");
    expect(below).toContain("1 USD = 0.92593 EUR, ECB, 20 Nov 2026");
  });
});
