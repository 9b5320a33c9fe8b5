import { useLocale, useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { formatDay, formatMoney } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import { StateTag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import { dayOf } from "@/lib/kernel/day";
import type { BookingToSettle } from "@/lib/desk/queries/bills";

const TONES = {
  late: "danger",
  refund_late: "danger",
  settle_late: "danger",
  check: "attention",
  settle: "attention",
  awaited: "still",
  refund: "info",
  settled: "good",
} as const;

/** What waits for an invoice, for its settling, or for its surplus, the late first. */
export function BillTable({ bookings }: { bookings: readonly BookingToSettle[] }) {
  const t = useTranslations("bills.desk");
  const locale = useLocale();
  return (
    <Table<BookingToSettle>
      caption={t("title")}
      hideCaption
      rows={bookings}
      rowKey={(row) => row.id}
      empty={<EmptyState title={t("none")} />}
      columns={[
        {
          key: "booking",
          label: t("booking"),
          cell: (row) => (
            <TextLink href={`/${locale}/desk/money/bills/${row.id}`}>
              <bdi>{row.number}</bdi>
            </TextLink>
          ),
        },
        { key: "clinic", label: t("clinic"), wide: true, cell: (row) => <bdi>{row.clinic}</bdi> },
        {
          key: "state",
          label: t("state"),
          cell: (row) => <StateTag tone={TONES[row.place]}>{t(`states.${row.place}`)}</StateTag>,
        },
        {
          key: "due",
          label: t("due"),
          cell: (row) => (row.dueAt ? formatDay(dayOf(row.dueAt), locale) : "–"),
        },
        {
          key: "billed",
          label: t("billed"),
          numeric: true,
          cell: (row) =>
            row.billedMinor === null ? "–" : <bdi>{formatMoney(row.billedMinor, row.currency, locale)}</bdi>,
        },
      ]}
    />
  );
}
