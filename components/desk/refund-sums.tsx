import { useLocale, useTranslations } from "next-intl";
import { DefinitionList } from "@/components/ui/facts";
import { formatDay, formatMoney } from "@/components/ui/format";
import type { RefundToHandle } from "@/lib/desk/queries/money";
import { sumReasonOf } from "@/lib/payments/refund";

/** How the sum came about: the day and cause it was counted for, what was paid, kept and asked back, by contract. */
export function RefundSums({ refund }: { refund: RefundToHandle }) {
  const t = useTranslations("desk.money");
  const locale = useLocale();
  const sum = (minor: bigint) => formatMoney(minor, refund.currency, locale);
  const { computed } = refund;
  if (!computed) return <p className="text-sm text-ink-soft">{t(`sumReasons.${sumReasonOf(refund)}`)}</p>;
  return (
    <details>
      <summary className="link inline-flex min-h-control items-center">{t("computation")}</summary>
      <div className="max-w-2xl py-gap">
        <p className="text-sm text-ink-soft">
          {t("countedFor", { day: formatDay(computed.on, locale), days: computed.daysBefore })}
        </p>
        <DefinitionList
          facts={computed.ends.map((kind) => ({
            term: t("ofContract", { kind }),
            value: t("paidKeptBack", {
              paid: sum(computed.contracts[kind].paidMinor),
              kept: sum(computed.contracts[kind].keptMinor),
              back: sum(computed.contracts[kind].refundMinor),
            }),
          }))}
        />
        {computed.returnedMinor > 0n ? (
          <p className="pt-gap text-sm text-ink-soft">
            {t("returnedBefore", { sum: sum(computed.returnedMinor) })}
          </p>
        ) : null}
      </div>
    </details>
  );
}
