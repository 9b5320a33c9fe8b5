import { useLocale, useTranslations } from "next-intl";
import { formatMoment, formatMoney } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import { DESK_ZONE } from "@/lib/desk/clock";
import type { ListedInvoice } from "@/lib/documents/read-series";

/** Invoices and credit notes with their tax; a credit note names the invoice it lowers. */
export function InvoiceTable({ invoices }: { invoices: readonly ListedInvoice[] }) {
  const t = useTranslations("invoices.books");
  const kinds = useTranslations("documents.kind");
  const locale = useLocale();
  const sum = (row: ListedInvoice, minor: bigint) => (
    <bdi>{formatMoney(row.kind === "invoice" ? minor : -minor, row.currency, locale)}</bdi>
  );
  return (
    <section aria-labelledby="invoices" className="space-y-gap">
      <h2 id="invoices" className="text-md">
        {t("invoices")}
      </h2>
      <Table
        caption={t("invoices")}
        hideCaption
        stacked
        rows={invoices}
        rowKey={(row) => row.id}
        empty={<p className="text-ink-soft">{t("noInvoices")}</p>}
        columns={[
          {
            key: "number",
            label: t("number"),
            cell: (row) => (
              <>
                <bdi>{row.number}</bdi>
                {row.credits ? (
                  <span className="block text-sm text-ink-soft">
                    {t("credits", { number: row.credits.number })}
                  </span>
                ) : null}
              </>
            ),
          },
          { key: "kind", label: t("kind"), cell: (row) => kinds(row.kind) },
          { key: "at", label: t("at"), cell: (row) => formatMoment(row.issuedAt, DESK_ZONE, locale) },
          { key: "booking", label: t("booking"), cell: (row) => <bdi>{row.bookingNumber}</bdi> },
          { key: "net", label: t("net"), numeric: true, cell: (row) => sum(row, row.netMinor) },
          { key: "tax", label: t("tax"), numeric: true, cell: (row) => sum(row, row.taxMinor) },
          { key: "gross", label: t("gross"), numeric: true, cell: (row) => sum(row, row.grossMinor) },
          {
            key: "get",
            label: t("get"),
            cell: (row) => (
              <a className="link" href={`/api/v1/documents/${row.id}/content`} download={`${row.number}.pdf`}>
                {t("get")}
                <span className="sr-only"> {row.number}</span>
              </a>
            ),
          },
        ]}
      />
    </section>
  );
}
