import { useTranslations } from "next-intl";
import { Quantity, Said } from "@/components/estimates/product-words";
import { formatMoney } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import type { ChangeOrderView } from "@/lib/payments/price-change-view";

type Line = ChangeOrderView["lines"][number];

interface ChangeLinesProps {
  order: ChangeOrderView;
  locale: string;
  /** The new sum stands out where one decides about it. */
  isLarge: boolean;
}

/** Old and new side by side, line by line, and the contract as a whole below. */
export function ChangeLines({ order, locale, isLarge }: ChangeLinesProps) {
  const t = useTranslations("changeOrders");
  const kinds = useTranslations("lineKinds");
  const sum = (amount: number) => formatMoney(BigInt(amount), order.from.currency, locale);
  const name = (line: Line) =>
    line.label ?? (kinds.has(line.kind as "other") ? kinds(line.kind as "other") : line.kind);
  const difference = order.to.amount - order.from.amount;
  const word = difference > 0 ? "more" : "less";
  return (
    <>
      <Table<Line>
        caption={t("caption")}
        hideCaption
        stacked
        rows={order.lines}
        rowKey={(line) => line.id}
        columns={[
          {
            key: "line",
            label: t("line"),
            cell: (line) => (
              <>
                <bdi>{name(line)}</bdi>{" "}
                <span className="text-ink-soft">
                  {line.what === "added" ? <Quantity quantity={line.quantity} unit={line.unit} /> : null} (
                  {t(`what.${line.what}`)})
                </span>
              </>
            ),
          },
          {
            key: "before",
            label: t("before"),
            numeric: true,
            cell: (line) => (line.what === "added" ? "–" : <bdi>{sum(line.from.amount)}</bdi>),
          },
          {
            key: "after",
            label: t("after"),
            numeric: true,
            cell: (line) => (
              <bdi className="font-semibold">{line.what === "dropped" ? "–" : sum(line.to.amount)}</bdi>
            ),
          },
          { key: "cause", label: t("cause"), cell: (line) => <Said text={line.cause} /> },
        ]}
      />
      <p className="flex flex-wrap items-baseline gap-x-3 border-t border-edge pt-2">
        <span className="font-semibold">{t("total")}</span>
        <span>
          <bdi className="tabular text-ink-soft line-through">{sum(order.from.amount)}</bdi>{" "}
          <bdi className={`font-semibold tabular ${isLarge ? "text-lg" : ""}`}>{sum(order.to.amount)}</bdi>
        </span>
        <span className="text-ink-soft">
          {difference === 0 ? t("same") : t(word, { amount: sum(Math.abs(difference)) })}
        </span>
      </p>
    </>
  );
}
