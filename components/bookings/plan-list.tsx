import { useTranslations } from "next-intl";
import { AnnouncedTransfer } from "@/components/bookings/announced-transfer";
import { isPayable, type PayerBooking } from "@/components/bookings/next-step";
import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatDay, formatList, formatMoney } from "@/components/ui/format";
import type { FormAction, FormState } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { StateTag } from "@/components/ui/tag";
import type { BankAccount } from "@/lib/payments/bank-transfer";

type Item = PayerBooking["plan"][number];
type Taken = NonNullable<PayerBooking["taken"]>["items"][number];
type Act = (planItemId: string) => Promise<FormState>;

interface PlanListProps {
  booking: PayerBooking;
  locale: string;
  /** Absent for somebody who may not pay. */
  pay: Act | null;
  /** Pays a part of one by card. */
  payPart: FormAction | null;
  /** Says that the money comes through the bank; the answer names account and reference. */
  announce: Act | null;
  /** Where announced money goes; null where nobody has said. */
  account: BankAccount | null;
  zone: string;
}

/** The instalments: how much, what for, until when, and the button for the one that is due. */
export function PlanList({ booking, locale, pay, payPart, announce, account, zone }: PlanListProps) {
  const t = useTranslations("my.booking");
  const next = booking.plan.find((item) => isPayable(booking, item));
  return (
    <div className="space-y-gap">
      <ul className="divide-y divide-line">
        {booking.plan.map((item) => (
          <li key={item.id} className="space-y-gap py-gap first:pt-0">
            <Instalment
              item={item}
              taken={booking.taken?.items.find(({ planItemId }) => planItemId === item.id)}
              currency={booking.currency}
              locale={locale}
            />
            {account && isPayable(booking, item) ? (
              <AnnouncedTransfer item={item} reference={booking.number} account={account} zone={zone} />
            ) : null}
            {pay && announce && isPayable(booking, item) ? (
              <PayForms
                item={item}
                isNext={item === next}
                amount={formatMoney(BigInt(item.open.amount), booking.currency, locale)}
                pay={pay}
                announce={announce}
              />
            ) : null}
            {payPart && item.part && isPayable(booking, item) ? (
              <PartForm item={item} part={item.part} locale={locale} action={payPart} />
            ) : null}
          </li>
        ))}
      </ul>
      {pay && next?.byCard ? <p className="text-base text-ink-soft">{t("payLead")}</p> : null}
    </div>
  );
}

interface InstalmentProps {
  item: Item;
  /** What the payer's bank took of it or asks for; absent for most. */
  taken: Taken | undefined;
  currency: string;
  locale: string;
}

/** One instalment and whose money it is: the hospital's, ours, or some of both. */
function Instalment({ item, taken, currency, locale }: InstalmentProps) {
  const t = useTranslations("my.booking");
  const words = useTranslations("planItems");
  const sum = (money: { amount: number }) => formatMoney(BigInt(money.amount), currency, locale);
  const covers = item.covers.filter((part) => part.amount.amount > 0);
  const whose = (contract: "A" | "B") => (contract === "A" ? t("withHospital") : t("withUs"));
  const parts = covers.map((part) => `${sum(part.amount)} ${whose(part.contract)}`);
  const what = words(item.kind as "deposit");
  const [only] = covers;
  const isOver = item.state === "cancelled" || item.state === "waived";
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-gap-m gap-y-1">
      <div className="min-w-0">
        <p className="font-semibold">
          {only && covers.length === 1 ? t("instalment", { what, whose: whose(only.contract) }) : what}
        </p>
        {parts.length < 2 ? null : (
          <p className="text-base">{t("covers", { parts: formatList(parts, locale) })}</p>
        )}
        {taken && taken.taken.amount > 0 ? (
          <p className="text-base text-attention">{t("itemTaken", { sum: sum(taken.taken) })}</p>
        ) : null}
        {taken && taken.asked.amount > 0 ? (
          <p className="text-base text-attention">{t("itemAsked", { sum: sum(taken.asked) })}</p>
        ) : null}
        {item.isOnItsWay ? <p className="text-base">{t("onItsWay")}</p> : null}
        {item.open.amount === 0 ? null : (
          <p className="text-base text-ink-soft">
            {item.paid.amount > 0 && !isOver
              ? t("openBy", {
                  paid: sum(item.paid),
                  open: sum(item.open),
                  day: formatDay(item.dueOn, locale),
                })
              : t("dueBy", { day: formatDay(item.dueOn, locale) })}
          </p>
        )}
      </div>
      <p className="flex flex-wrap items-center gap-x-gap gap-y-1 sm:flex-col sm:items-end">
        <bdi className="text-lg font-semibold tabular">{sum(item.amount)}</bdi>
        <span>
          {taken ? (
            <StateTag tone="attention">{t(taken.taken.amount > 0 ? "tagTaken" : "tagAsked")}</StateTag>
          ) : (
            <StateTag
              tone={item.state === "paid" ? "good" : item.state === "overdue" ? "attention" : "still"}
            >
              {words(`state.${item.state}`)}
            </StateTag>
          )}
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
    <div className="space-y-gap">
      {item.byCard ? null : (
        <p className="max-w-prose text-base">{t(item.part ? "noCardWhole" : "noCard", { amount })}</p>
      )}
      <div className="flex flex-wrap gap-gap max-sm:flex-col max-sm:[&_.button]:w-full max-sm:[&_.button]:px-2">
        {item.byCard ? (
          <ActionForm action={pay.bind(null, item.id)}>
            <SubmitButton look={isNext ? "primary" : "quiet"}>{t("pay", { amount })}</SubmitButton>
          </ActionForm>
        ) : null}
        <ActionForm action={announce.bind(null, item.id)}>
          <SubmitButton look={isNext && !item.byCard ? "primary" : "quiet"}>
            {t(item.byCard ? "byBank" : "byBankOnly")}
          </SubmitButton>
        </ActionForm>
      </div>
    </div>
  );
}

interface PartFormProps {
  item: Item;
  part: NonNullable<Item["part"]>;
  locale: string;
  action: FormAction;
}

/** For a sum the payer names: two cards, or a limit of one. */
function PartForm({ item, part, locale, action }: PartFormProps) {
  const t = useTranslations("my.booking");
  const sum = (money: { amount: number; currency: string }) =>
    formatMoney(BigInt(money.amount), money.currency, locale);
  return (
    <details>
      <summary className="link inline-flex min-h-control items-center">{t("payPart")}</summary>
      <ActionForm action={action} className="max-w-sm space-y-gap py-gap">
        <input type="hidden" name="planItemId" value={item.id} />
        <input type="hidden" name="currency" value={item.open.currency} />
        <Field
          name="amount"
          label={t("partAmount", { currency: item.open.currency })}
          hint={t("partHint", { least: sum(part.least), most: sum(part.most) })}
        >
          <TextInput required inputMode="decimal" dir="ltr" />
        </Field>
        <SubmitButton look="quiet">{t("payPartDo")}</SubmitButton>
      </ActionForm>
    </details>
  );
}
