import { useLocale, useTranslations } from "next-intl";
import { ShownSums } from "@/components/bookings/cancel-form";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/choices";
import { Select } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { formatMoney } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import { Table } from "@/components/ui/table";
import { CANCEL_CAUSES, type EndCause } from "@/lib/bookings/refund-policy";

interface CancelBookingProps {
  quotes: readonly { cause: EndCause; due: { amount: number }; total: { owed: { amount: number } } }[];
  currency: string;
  action: FormAction;
}

/** Ends a booking for a cause; what would come back for each stands above the button. */
export function CancelBooking({ quotes, currency, action }: CancelBookingProps) {
  const t = useTranslations("desk.bookings");
  const causes = useTranslations("desk.causes");
  const locale = useLocale();
  return (
    <details>
      <summary className="link inline-flex min-h-control items-center">{t("cancel")}</summary>
      <div className="max-w-2xl space-y-gap-m py-gap">
        <Table
          caption={t("comesBack")}
          rows={quotes}
          rowKey={(quote) => quote.cause}
          columns={[
            { key: "cause", label: t("cause"), cell: (quote) => causes(quote.cause) },
            {
              key: "due",
              label: t("refund"),
              numeric: true,
              cell: (quote) => <bdi>{formatMoney(BigInt(quote.due.amount), currency, locale)}</bdi>,
            },
          ]}
        />
        <ActionForm action={action} className="space-y-gap">
          <ShownSums quotes={quotes} />
          <Field name="cause" label={t("cause")}>
            <Select
              required
              empty={t("choose")}
              options={CANCEL_CAUSES.map((cause) => ({ value: cause, label: causes(cause) }))}
            />
          </Field>
          <Checkbox name="endCase" label={t("endCase")} />
          <SubmitButton look="danger">{t("cancelDo")}</SubmitButton>
        </ActionForm>
      </div>
    </details>
  );
}
