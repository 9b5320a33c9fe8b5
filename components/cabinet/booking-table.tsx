import { useLocale, useTranslations } from "next-intl";
import { TreatmentWords } from "@/components/desk/step-words";
import { EmptyState } from "@/components/ui/empty-state";
import { formatMoment, formatWeekday } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import { StateTag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import type { BookingView } from "@/lib/bookings/views/booking";

type Line = Pick<
  BookingView,
  "id" | "number" | "treatment" | "treatmentOn" | "state" | "paidAt" | "timeZone"
>;

interface BookingTableProps {
  bookings: readonly Line[];
  base: string;
}

/** The days held and booked at a centre; what waits for it says so. */
export function BookingTable({ bookings, base }: BookingTableProps) {
  const t = useTranslations("cabinet.bookings");
  const locale = useLocale();
  return (
    <Table
      caption={t("title")}
      hideCaption
      stacked
      rows={bookings}
      rowKey={(row) => row.id}
      empty={<EmptyState title={t("none")}>{t("noneLead")}</EmptyState>}
      columns={[
        {
          key: "number",
          label: t("number"),
          cell: (row) => (
            <TextLink href={`${base}/${row.id}`}>
              <bdi className="whitespace-nowrap">{row.number}</bdi>
            </TextLink>
          ),
        },
        { key: "day", label: t("day"), cell: (row) => formatWeekday(row.treatmentOn, locale) },
        { key: "treatment", label: t("treatment"), cell: (row) => <TreatmentWords slug={row.treatment} /> },
        { key: "state", label: t("state"), cell: (row) => <BookingState state={row.state} /> },
        {
          key: "paid",
          label: t("paid"),
          cell: (row) => (row.paidAt ? formatMoment(new Date(row.paidAt), row.timeZone, locale) : "–"),
        },
      ]}
    />
  );
}

const TONES = {
  held: "info",
  awaiting_deposit: "info",
  awaiting_centre: "attention",
  confirmed: "good",
  completed: "good",
  cancelled: "still",
} as const;

export function BookingState({ state }: { state: BookingView["state"] }) {
  const states = useTranslations("desk.bookingStates");
  return <StateTag tone={TONES[state]}>{states(state)}</StateTag>;
}
