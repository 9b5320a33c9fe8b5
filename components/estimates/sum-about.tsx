import { useTranslations } from "next-intl";
import { formatDay, formatList, formatMoneyShort } from "@/components/ui/format";
import { rateSource } from "@/lib/clinics/rate-source";
import { aboutIn, type EuroRates, rateBetween } from "@/lib/estimates/comparison";
import { euroRates } from "@/lib/estimates/kept-rates";
import type { EstimateView } from "@/lib/estimates/views";
import { type Currency, moneyView, roundedAbout } from "@/lib/kernel/money";

/** In which currency somebody reads, and the rates of today. */
export interface Reading {
  currency: Currency;
  rates: EuroRates;
  locale: string;
}

/** The rates an estimate is shown at: those it was sent with; today's where none was known or kept then. */
export function shownRates(estimate: EstimateView, { currency, rates }: Reading): EuroRates {
  const kept = euroRates(estimate.sentRates ?? []);
  return rateBetween(estimate.currency, currency, kept) === null ? rates : kept;
}

/** A sum in the reader's currency without false exactness; null without a rate. */
export function aboutText(amount: number, from: string, reading: Reading): string | null {
  const { currency, rates, locale } = reading;
  const sum = aboutIn(BigInt(amount), from, currency, rates);
  if (sum === null) return null;
  const shown = roundedAbout(moneyView(sum.amountMinor, currency));
  return formatMoneyShort(BigInt(shown.amount), currency, locale);
}

/** "1 EUR = 7.8 CNY, ECB, 5 November 2026": what a sum was shown at; null where it needs no rate or has none. */
export function useRateText(): (from: string, reading: Reading) => string | null {
  const t = useTranslations("estimateRates");
  const sources = useTranslations("estimateRates.sources");
  return (from, { currency, rates, locale }) => {
    const used = rateBetween(from, currency, rates);
    if (!used) return null;
    const figures = new Intl.NumberFormat(`${locale}-u-nu-latn`, { maximumSignificantDigits: 5 });
    return t("rate", {
      ...{ from, to: currency, rate: figures.format(used.rate) },
      ...{
        source: formatList(
          used.sources.map((source) => rateSource(source, sources)),
          locale,
        ),
        day: formatDay(used.at.toISOString().slice(0, 10), locale),
      },
    });
  };
}

interface SumAboutProps {
  estimate: EstimateView;
  reading: Reading;
}

/** The three numbers in the reader's currency: at the rate the estimate was sent with, and beside it at today's. */
export function SumAbout({ estimate, reading }: SumAboutProps) {
  const t = useTranslations("estimateRates");
  const rateText = useRateText();
  const { currency: own, totals } = estimate;
  if (own === reading.currency) return null;
  const then = { ...reading, rates: shownRates(estimate, reading) };
  const isKept = then.rates !== reading.rates;
  const [low, expected, high] = [totals.low, totals.expected, totals.high].map(({ amount }) =>
    aboutText(amount, own, then),
  );
  const today = aboutText(totals.expected.amount, own, reading);
  const isOpen = estimate.state === "sent" || estimate.state === "accepted";
  if (!low || !expected || !high) {
    return <p className="mt-gap text-sm text-ink-soft">{t("none", { currency: reading.currency })}</p>;
  }
  const rate = rateText(own, then) ?? "";
  return (
    <div className="mt-gap text-sm text-ink-soft">
      <p>
        {low === high ? t("one", { expected }) : t("three", { low, expected, high })}{" "}
        {t(isKept ? "atSending" : "atToday", { rate })}
      </p>
      {isOpen && isKept && today !== null ? (
        <p>{t("today", { expected: today, rate: rateText(own, reading) ?? "" })}</p>
      ) : null}
    </div>
  );
}
