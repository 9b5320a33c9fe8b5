import { useTranslations } from "next-intl";
import { CurrencyForm } from "@/components/clinics/currency-form";
import { aboutText, type Reading, shownRates, useRateText } from "@/components/estimates/sum-about";
import { rateSource } from "@/lib/clinics/rate-source";
import { Card } from "@/components/ui/card";
import { formatDay, formatMoneyShort } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import type { EstimateView } from "@/lib/estimates/views";

interface EstimateComparisonProps {
  estimates: readonly EstimateView[];
  /** The currency all are shown in, so that they can be compared, with the rates of today. */
  reading: Reading;
  /** The address of this page, to ask it again in another currency. */
  address: string;
}

/** The estimates that wait for a decision side by side, each in its own currency and about what it is in the reader's. */
export function EstimateComparison(props: EstimateComparisonProps) {
  const { estimates, reading, address } = props;
  const { currency, rates, locale } = reading;
  const t = useTranslations("my.estimates");
  const sources = useTranslations("estimateRates.sources");
  const own = (amount: number, estimate: EstimateView) =>
    formatMoneyShort(BigInt(amount), estimate.currency, locale);
  const about = (amount: number, estimate: EstimateView) => {
    if (estimate.currency === currency) return own(amount, estimate);
    const then = { ...reading, rates: shownRates(estimate, reading) };
    const sum = aboutText(amount, estimate.currency, then);
    return sum === null ? t("noRate") : t("about", { amount: sum });
  };
  const range = (estimate: EstimateView) => (
    <>
      <span className="whitespace-nowrap">{own(estimate.totals.low.amount, estimate)} –</span>{" "}
      <span className="whitespace-nowrap">{own(estimate.totals.high.amount, estimate)}</span>
    </>
  );
  const dated = [...rates.values()].toSorted((one, other) => one.at.getTime() - other.at.getTime())[0];
  return (
    <Card heading={t("compare")}>
      <CurrencyForm action={address} currency={currency} />
      <div className="mt-gap-m">
        <Table<EstimateView>
          caption={t("compare")}
          hideCaption
          stacked
          rows={estimates}
          rowKey={(estimate) => estimate.id}
          columns={[
            {
              key: "centre",
              label: t("centre"),
              cell: (estimate) => (
                <a href={`#estimate-${estimate.id}`} className="link">
                  <bdi>{estimate.clinicName}</bdi>
                </a>
              ),
            },
            {
              key: "about",
              label: t("needed"),
              numeric: true,
              cell: (estimate) => (
                <>
                  <strong>{about(estimate.totals.expected.amount, estimate)}</strong>
                  <AtRate estimate={estimate} reading={reading} />
                </>
              ),
            },
            {
              key: "own",
              label: t("expected"),
              numeric: true,
              whole: true,
              cell: (estimate) => own(estimate.totals.expected.amount, estimate),
            },
            { key: "range", label: t("lowHigh"), numeric: true, cell: range },
            {
              key: "all",
              label: t("withOptional"),
              numeric: true,
              cell: (estimate) => about(estimate.totalsWithOptional.expected.amount, estimate),
            },
            {
              key: "until",
              label: t("until"),
              whole: true,
              cell: (estimate) => formatDay(estimate.validUntil, locale),
            },
          ]}
        />
      </div>
      <p className="mt-gap text-sm text-ink-soft">
        {t("decideOne")} {t("compareLead")}{" "}
        {dated
          ? t("rate", {
              source: rateSource(dated.source, sources),
              day: formatDay(dated.at.toISOString().slice(0, 10), locale),
            })
          : null}
      </p>
    </Card>
  );
}

/** At which rate the sum above is shown, and what it is about today. */
function AtRate({ estimate, reading }: { estimate: EstimateView; reading: Reading }) {
  const t = useTranslations("estimateRates");
  const rateText = useRateText();
  const shown = shownRates(estimate, reading);
  const isKept = shown !== reading.rates;
  const then = rateText(estimate.currency, { ...reading, rates: shown });
  if (then === null) return null;
  const today = aboutText(estimate.totals.expected.amount, estimate.currency, reading);
  return (
    <span className="block text-sm text-ink-soft">
      {t(isKept ? "atSending" : "atToday", { rate: then })}
      {!isKept || today === null ? null : (
        <span className="block">{t("todayShort", { expected: today })}</span>
      )}
    </span>
  );
}
