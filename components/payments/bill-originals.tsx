import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatBytes, formatDay, formatMoney } from "@/components/ui/format";
import { StateTag } from "@/components/ui/tag";
import type { BillView, BillsView } from "@/lib/payments/bill-view";

interface BillOriginalsProps {
  bills: BillsView;
  /** What can be done with one now. */
  act?: (bill: BillView) => ReactNode;
}

/** Every invoice as the hospital sent it, the newest first; a corrected one stays. */
export function BillOriginals({ bills, act }: BillOriginalsProps) {
  const t = useTranslations("bills");
  const locale = useLocale();
  const numberOf = (id: string) => bills.bills.find((bill) => bill.id === id)?.number ?? "–";
  if (bills.bills.length === 0) return null;
  return (
    <section aria-labelledby="originals" className="space-y-gap">
      <h2 id="originals" className="text-md font-semibold">
        {t("originals")}
      </h2>
      <ul className="divide-y divide-line border-y border-line">
        {bills.bills.toReversed().map((bill) => (
          <li key={bill.id} className="space-y-1 py-gap">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="font-semibold">
                {t.rich("invoice", { name: () => <bdi>{bill.number}</bdi> })}
              </span>
              <span>{formatDay(bill.issuedOn, locale)}</span>
              <bdi className="tabular">
                {formatMoney(BigInt(bill.total.amount), bill.total.currency, locale)}
              </bdi>
              <State bill={bill} />
            </p>
            <p className="text-sm text-ink-soft">
              {t(`sources.${bill.source}`)}
              {bill.corrects ? (
                <>
                  {" · "}
                  {t.rich("corrects", { name: () => <bdi>{numberOf(bill.corrects ?? "")}</bdi> })}
                </>
              ) : null}
              {bill.reason ? (
                <>
                  {" · "}
                  <bdi>{bill.reason}</bdi>
                </>
              ) : null}
            </p>
            <p>
              <a
                className="link inline-flex min-h-control items-center"
                href={`/api/v1/bills/${bill.id}/content`}
                download
              >
                {t("download")}
              </a>{" "}
              <span className="text-sm text-ink-soft">
                <bdi>{bill.file.filename}</bdi> · {formatBytes(bill.file.sizeBytes, locale)}
              </span>
            </p>
            {act?.(bill)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function State({ bill }: { bill: BillView }) {
  const t = useTranslations("bills");
  if (bill.state === "confirmed" && !bill.counts) return <StateTag>{t("corrected")}</StateTag>;
  const tone = { entered: "attention", confirmed: "good", rejected: "still" } as const;
  return <StateTag tone={tone[bill.state]}>{t(`states.${bill.state}`)}</StateTag>;
}
