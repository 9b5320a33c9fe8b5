import { useTranslations } from "next-intl";
import { isPayable } from "@/components/bookings/next-step";
import { ActionForm } from "@/components/ui/action-form";
import { formatDay, formatList, formatMoney } from "@/components/ui/format";
import type { FormState } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { StateTag } from "@/components/ui/tag";
import type { BookingView } from "@/lib/bookings/views/booking";

type Item = BookingView["plan"][number];
type Act = (planItemId: string) => Promise<FormState>;

interface PlanListProps {
  booking: BookingView;
  locale: string;
  /** Absent for somebody who may not pay. */
  pay: Act | null;
  /** Says that the money comes through the bank; the answer names account and reference. */
  announce: Act | null;
}

/** The instalments: how much, what for, until when, and the button for the one that is due. */
export function PlanList({ booking, locale, pay, announce }: PlanListProps) {
  const t = useTranslations("my.booking");
  const next = booking.plan.find((item) => isPayable(booking, item));
  return (
    <div className="space-y-gap">
      <ul className="divide-y divide-line">
        {booking.plan.map((item) => (
          <li key={item.id} className="space-y-gap py-gap first:pt-0">
            <Instalment item={item} currency={booking.currency} locale={locale} />
            {pay && announce && isPayable(booking, item) ? (
              <PayForms
                item={item}
                isNext={item === next}
                amount={formatMoney(BigInt(item.open.amount), booking.currency, locale)}
                pay={pay}
                announce={announce}
              />
            ) : null}
          </li>
        ))}
      </ul>
      <p className="text-base text-ink-soft">{t("payLead")}</p>
    </div>
  );
}

/** One instalment and whose money it is: the hospital's, ours, or some of both. */
function Instalment({ item, currency, locale }: { item: Item; currency: string; locale: string }) {
  const t = useTranslations("my.booking");
  const words = useTranslations("planItems");
  const sum = (money: { amount: number }) => formatMoney(BigInt(money.amount), currency, locale);
  const covers = item.covers.filter((part) => part.amount.amount > 0);
  const whose = (contract: "A" | "B") => (contract === "A" ? t("withHospital") : t("withUs"));
  const parts = covers.map((part) => `${sum(part.amount)} ${whose(part.contract)}`);
  const what = words(item.kind as "deposit");
  const [only] = covers;
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-gap-m gap-y-1">
      <div className="min-w-0">
        <p className="font-semibold">
          {only && covers.length === 1 ? t("instalment", { what, whose: whose(only.contract) }) : what}
        </p>
        {parts.length < 2 ? null : (
          <p className="text-base">{t("covers", { parts: formatList(parts, locale) })}</p>
        )}
        {item.open.amount === 0 ? null : (
          <p className="text-base text-ink-soft">{t("dueBy", { day: formatDay(item.dueOn, locale) })}</p>
        )}
      </div>
      <p className="flex flex-wrap items-center gap-x-gap gap-y-1 sm:flex-col sm:items-end">
        <bdi className="text-lg font-semibold tabular">{sum(item.amount)}</bdi>
        <span>
          <StateTag tone={item.state === "paid" ? "good" : item.state === "overdue" ? "attention" : "still"}>
            {words(`state.${item.state}`)}
          </StateTag>
        </span>
      </p>
    </div>
  );
}

interface PayFormsProps {
  item: Item;
  amount: string;
  /** The one that comes first is the loud one. */
  isNext: boolean;
  pay: Act;
  announce: Act;
}

function PayForms({ item, amount, isNext, pay, announce }: PayFormsProps) {
  const t = useTranslations("my.booking");
  return (
    <div className="flex flex-wrap gap-gap max-sm:flex-col max-sm:[&_.button]:w-full max-sm:[&_.button]:px-2">
      <ActionForm action={pay.bind(null, item.id)}>
        <SubmitButton look={isNext ? "primary" : "quiet"}>{t("pay", { amount })}</SubmitButton>
      </ActionForm>
      <ActionForm action={announce.bind(null, item.id)}>
        <SubmitButton look="quiet">{t("byBank")}</SubmitButton>
      </ActionForm>
    </div>
  );
}
