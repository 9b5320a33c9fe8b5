import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { NoStatement } from "@/components/payments/no-statement";
import type { OpinionView } from "@/lib/payments/opinion-view";
import arabicOpinions from "@/locales/ar/opinions.json";
import arabicPayments from "@/locales/ar/payments.json";
import opinions from "@/locales/en/opinions.json";
import payments from "@/locales/en/payments.json";

const paid = {
  ...{ id: "o", number: "S-2026-000004", state: "paid", refund: null },
  ...{ fee: { amount: 35_000, currency: "EUR" }, paidAt: "2026-11-03T10:00:00.000Z" },
} as OpinionView;

const WORDS = { en: { payments, opinions }, ar: { payments: arabicPayments, opinions: arabicOpinions } };

function page(shown: readonly OpinionView[], locale: "en" | "ar" = "en"): string {
  const pages = { booking: "/b", orders: "/o" };
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={WORDS[locale]} timeZone="UTC">
      <NoStatement opinions={shown} pages={pages} />
    </NextIntlClientProvider>,
  );
}

const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, "").replaceAll(/\s+/g, " ");

describe("the statement of a case without a booking", () => {
  it("says that no money moved only where nothing was ordered either", () => {
    expect(page([])).toContain(payments.page.empty);
    expect(page([])).toContain('href="/b"');
  });

  it("says what was paid for a second opinion, when, and leads to its order", () => {
    const shown = page([paid]);
    expect(shown).not.toContain("no money has moved");
    expect(textOf(shown)).toContain("€350.00 on");
    expect(textOf(shown)).toContain("order S-2026-000004.");
    expect(shown).toContain('href="/o"');
  });

  it("says that a fee came back, or is on its way", () => {
    const shown = textOf(page([{ ...paid, state: "returned", refund: "settled" }]));
    expect(shown).toContain("Refund: arrived");
  });

  it("claims nothing about money of an order that was not paid, and leads there too", () => {
    const shown = page([{ ...paid, state: "cancelled", paidAt: null }]);
    expect(shown).not.toContain("no money has moved");
    expect(textOf(shown)).not.toContain("350");
    expect(shown).toContain('href="/o"');
  });

  it("says so in Arabic, in words of its own", () => {
    expect(textOf(page([paid], "ar"))).toContain(arabicPayments.page.onlyOpinions);
  });
});
