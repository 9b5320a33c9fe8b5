import { useLocale, useTranslations } from "next-intl";
import { formatMoment, formatMoney } from "@/components/ui/format";
import { Table } from "@/components/ui/table";

interface Movement {
  id: string;
  type: string;
  currency: string;
  amountMinor: bigint;
  reason: string | null;
  movedAt: Date;
}

interface UnexplainedMovementsProps {
  movements: readonly Movement[];
  zone: string;
}

/** Money that moved at the payment provider and that nothing of ours explains: usually none. */
export function UnexplainedMovements({ movements, zone }: UnexplainedMovementsProps) {
  const t = useTranslations("desk.money.movements");
  const locale = useLocale();
  return (
    <section aria-labelledby="movements" className="space-y-gap">
      <h2 id="movements" className="text-md">
        {t("title")}
      </h2>
      <Table
        caption={t("title")}
        hideCaption
        stacked
        rows={movements}
        rowKey={(row) => row.id}
        empty={<p className="text-ink-soft">{t("none")}</p>}
        columns={[
          { key: "at", label: t("at"), cell: (row) => formatMoment(row.movedAt, zone, locale) },
          {
            key: "amount",
            label: t("amount"),
            numeric: true,
            cell: (row) => <bdi>{formatMoney(row.amountMinor, row.currency, locale)}</bdi>,
          },
          { key: "why", label: t("why"), cell: (row) => t(`reasons.${row.reason as "unknown_source"}`) },
          { key: "id", label: t("id"), cell: (row) => <bdi dir="ltr">{row.id}</bdi> },
        ]}
      />
    </section>
  );
}
