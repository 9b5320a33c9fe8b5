import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { EstimateCard } from "@/components/estimates/estimate-card";
import { knownWords, Quantity, Said } from "@/components/estimates/product-words";
import type { EstimateView } from "@/lib/estimates/views";
import arabicDesk from "@/locales/ar/desk.json";
import arabicWords from "@/locales/ar/estimateWords.json";
import desk from "@/locales/en/desk.json";
import words from "@/locales/en/estimateWords.json";
import common from "@/locales/en/common.json";
import estimateStates from "@/locales/en/estimateStates.json";
import lineKinds from "@/locales/en/lineKinds.json";
import my from "@/locales/en/my.json";
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
      ? { estimateWords: words, common, estimateStates, lineKinds, my }
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
  ...{ rejectReason: null, createdAt: "", sentAt: null, answeredAt: null },
};
const act = () => Promise.resolve({ status: "done" as const });
const card = (isPassedOver: boolean) =>
  read(
    "en",
    <EstimateCard
      estimate={estimate}
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
