import { useTranslations } from "next-intl";
import { Quantity, RefundWords, Said } from "@/components/estimates/product-words";
import { formatMoney } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import type { EstimateView } from "@/lib/estimates/views";

type Line = EstimateView["lines"][number];

/** Every line of an estimate with its three amounts and the cause of their spread. */
export function EstimateLines({ estimate, locale }: { estimate: EstimateView; locale: string }) {
  const t = useTranslations("my.estimates");
  const kinds = useTranslations("lineKinds");
  const sum = (money: { amount: number }) => formatMoney(BigInt(money.amount), estimate.currency, locale);
  const name = (line: Line) =>
    line.label ?? (kinds.has(line.kind as "other") ? kinds(line.kind as "other") : line.kind);
  return (
    <Table<Line>
      caption={t("lines")}
      stacked
      rows={estimate.lines}
      rowKey={(line) => line.id}
      columns={[
        {
          key: "line",
          label: t("line"),
          cell: (line) => (
            <>
              <span dir="auto">{name(line)}</span>{" "}
              {line.quantity === 1 ? null : (
                <span className="text-ink-soft">
                  <Quantity quantity={line.quantity} unit={line.unit} />{" "}
                </span>
              )}
              {line.optional ? <span className="text-ink-soft">({t("optional")})</span> : null}
              <RefundWords line={line} />
            </>
          ),
        },
        {
          key: "contract",
          label: t("contract"),
          cell: (line) => (line.contract === "A" ? t("contractA") : t("contractB")),
        },
        { key: "low", label: t("low"), numeric: true, cell: (line) => sum(line.low) },
        { key: "expected", label: t("expected"), numeric: true, cell: (line) => sum(line.expected) },
        { key: "high", label: t("high"), numeric: true, cell: (line) => sum(line.high) },
        { key: "cause", label: t("cause"), cell: (line) => <Said text={line.cause} /> },
      ]}
    />
  );
}
