import { useTranslations } from "next-intl";
import { CurrencyForm } from "@/components/clinics/currency-form";
import { aboutText, type Reading, shownRates, useRateText } from "@/components/estimates/sum-about";
import { Card } from "@/components/ui/card";
import { formatDay, formatMoneyShort } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import { wholeAbout } from "@/lib/estimates/compared-sums";
import type { EstimateView } from "@/lib/estimates/views";

interface EstimateComparisonProps {
  estimates: readonly EstimateView[];
  /** The currency all are shown in, so that they can be compared: all at the same rates of today. */
  reading: Reading;
  /** The address of this page, to ask it again in another currency. */
  address: string;
}

/** The estimates that wait for a decision side by side, each in its own currency and about what it is in the reader's. */
export function EstimateComparison(props: EstimateComparisonProps) {
  const { estimates, reading, address } = props;
  const { currency, rates, locale } = reading;
  const t = useTranslations("my.estimates");
  const own = (amount: number, estimate: EstimateView) =>
    formatMoneyShort(BigInt(amount), estimate.currency, locale);
  const about = (amount: number, estimate: EstimateView) => {
    if (estimate.currency === currency) return own(amount, estimate);
    const sum = wholeAbout(BigInt(amount), estimate.currency, currency, rates);
    return sum === null ? t("noRate") : t("about", { amount: formatMoneyShort(sum, currency, locale) });
  };
  const range = (estimate: EstimateView) => (
    <>
      <span className="whitespace-nowrap">{own(estimate.totals.low.amount, estimate)} –</span>{" "}
      <span className="whitespace-nowrap">{own(estimate.totals.high.amount, estimate)}</span>
    </>
  );
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
        {t("decideOne")} {t("compareLead")} {t("rate")}
      </p>
    </Card>
  );
}

/** At which rate of today the sum above is reckoned, and what it came to when the estimate was sent. */
function AtRate({ estimate, reading }: { estimate: EstimateView; reading: Reading }) {
  const t = useTranslations("estimateRates");
  const rateText = useRateText();
  const today = rateText(estimate.currency, reading);
  const kept = shownRates(estimate, reading);
  const then =
    kept === reading.rates
      ? null
      : aboutText(estimate.totals.expected.amount, estimate.currency, { ...reading, rates: kept });
  return (
    <span className="block text-sm text-ink-soft">
      {today === null ? null : t("atToday", { rate: today })}
      {then === null ? null : <span className="block">{t("sentShort", { expected: then })}</span>}
    </span>
  );
}
