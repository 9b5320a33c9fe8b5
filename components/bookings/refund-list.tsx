import { useTranslations } from "next-intl";
import { formatMoney } from "@/components/ui/format";
import { Table } from "@/components/ui/table";

interface Quote {
  cause: string;
  refund: { amount: number };
}

interface RefundListProps {
  quotes: readonly Quote[];
  currency: string;
  locale: string;
}

/** The refund matrix as sums of this booking, if it ended today. */
export function RefundList({ quotes, currency, locale }: RefundListProps) {
  const t = useTranslations("my.booking");
  const causes = useTranslations("causes");
  return (
    <Table<Quote>
      caption={t("refund")}
      hideCaption
      stacked
      rows={quotes}
      rowKey={(quote) => quote.cause}
      columns={[
        { key: "cause", label: t("quoteCause"), cell: (quote) => causes(quote.cause as "patient_cancels") },
        {
          key: "back",
          label: t("quoteBack"),
          numeric: true,
          cell: (quote) => formatMoney(BigInt(quote.refund.amount), currency, locale),
        },
      ]}
    />
  );
}
