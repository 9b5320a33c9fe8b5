import { useLocale, useTranslations } from "next-intl";
import { DefinitionList } from "@/components/ui/facts";
import { formatDay, formatMoney } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import type { StatementView } from "@/lib/payments/statement-view";

type Contract = StatementView["contracts"][number];
type Movement = StatementView["movements"][number];
interface Money {
  amount: number;
  currency: string;
}

/** One booking's money in plain words: by contract, in all, and what moved when. Every sum is the sum of what it names. */
export function StatementCard({ statement }: { statement: StatementView }) {
  const t = useTranslations("payments.page");
  const locale = useLocale();
  const money = ({ amount, currency }: Money) => formatMoney(BigInt(amount), currency, locale);
  const sums = ["planned", "paid", "refunded", "released", "held", "open"] as const;
  return (
    <section className="space-y-gap" aria-labelledby={`statement-${statement.bookingId}`}>
      <h2 id={`statement-${statement.bookingId}`} className="text-lg font-semibold">
        {t("booking")} <bdi>{statement.number}</bdi>
      </h2>
      <p>{statement.held.text}</p>
      {statement.surplus.text ? <p>{statement.surplus.text}</p> : null}
      <Table<Contract>
        caption={t("contracts")}
        stacked
        rows={statement.contracts}
        rowKey={(row) => row.contract}
        columns={[
          { key: "contract", label: t("contract"), cell: (row) => row.text },
          ...sums.map((sum) => ({
            key: sum,
            label: t(sum),
            numeric: true,
            cell: (row: Contract) => money(row[sum]),
          })),
        ]}
      />
      <DefinitionList
        facts={[
          ...sums.map((sum) => ({ term: t(sum), value: money(statement.totals[sum]) })),
          ...(statement.totals.borneByOperator.amount > 0
            ? [{ term: t("borne"), value: money(statement.totals.borneByOperator) }]
            : []),
        ]}
      />
      <Table<Movement>
        caption={t("movements")}
        stacked
        rows={statement.movements}
        rowKey={(row) => row.id}
        empty={<p className="text-ink-soft">{t("none")}</p>}
        columns={[
          { key: "at", label: t("at"), cell: (row) => formatDay(row.at.slice(0, 10), locale) },
          { key: "text", label: t("what"), cell: (row) => row.text },
          {
            key: "amount",
            label: t("amount"),
            numeric: true,
            cell: (row) => `${row.type === "refund" ? "−" : ""}${money(row.amount)}`,
          },
        ]}
      />
    </section>
  );
}
