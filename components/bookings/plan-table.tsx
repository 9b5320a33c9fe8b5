import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { formatDay, formatMoney } from "@/components/ui/format";
import type { FormState } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { Table } from "@/components/ui/table";
import type { BookingView } from "@/lib/bookings/views/booking";

type Item = BookingView["plan"][number];

interface PlanTableProps {
  booking: BookingView;
  locale: string;
  /** Absent for somebody who may not pay. */
  pay: ((planItemId: string) => Promise<FormState>) | null;
  /** Says that the money comes through the bank; the answer names account and reference. */
  announce: ((planItemId: string) => Promise<FormState>) | null;
}

/** The instalments: what, how much, until when, and the button for the one that is due. */
export function PlanTable({ booking, locale, pay, announce }: PlanTableProps) {
  const t = useTranslations("my.booking");
  const words = useTranslations("planItems");
  const sum = (money: { amount: number }) => formatMoney(BigInt(money.amount), booking.currency, locale);
  const isPayable = (item: Item) =>
    item.open.amount > 0 &&
    item.state !== "cancelled" &&
    (item.kind === "deposit"
      ? booking.state === "awaiting_deposit"
      : ["confirmed", "completed"].includes(booking.state));
  return (
    <div className="space-y-gap-m">
      <p className="text-ink-soft">{t("payLead")}</p>
      <Table<Item>
        caption={t("plan")}
        hideCaption
        stacked
        rows={booking.plan}
        rowKey={(item) => item.id}
        columns={[
          { key: "what", label: t("what"), cell: (item) => <What item={item} sum={sum} /> },
          { key: "amount", label: t("amount"), numeric: true, cell: (item) => sum(item.amount) },
          { key: "due", label: t("due"), cell: (item) => formatDay(item.dueOn, locale) },
          { key: "state", label: t("state"), cell: (item) => words(`state.${item.state}`) },
          ...(pay && announce
            ? [
                {
                  key: "pay",
                  label: t("payNow"),
                  cell: (item: Item) =>
                    isPayable(item) ? (
                      <div className="space-y-gap">
                        <ActionForm action={pay.bind(null, item.id)}>
                          <SubmitButton>{t("pay", { amount: sum(item.open) })}</SubmitButton>
                        </ActionForm>
                        <ActionForm action={announce.bind(null, item.id)}>
                          <SubmitButton look="quiet">{t("byBank")}</SubmitButton>
                        </ActionForm>
                      </div>
                    ) : null,
                },
              ]
            : []),
        ]}
      />
    </div>
  );
}

/** An instalment and whose money it is: the hospital's, ours, or some of both. */
function What({ item, sum }: { item: Item; sum: (money: { amount: number }) => string }) {
  const t = useTranslations("my.booking");
  const words = useTranslations("planItems");
  const parts = item.covers.filter((part) => part.amount.amount > 0);
  return (
    <>
      {words(item.kind as "deposit")}
      <span className="block text-sm text-ink-soft">
        {parts
          .map((part) => `${sum(part.amount)} ${part.contract === "A" ? t("withHospital") : t("withUs")}`)
          .join(" + ")}
      </span>
    </>
  );
}
