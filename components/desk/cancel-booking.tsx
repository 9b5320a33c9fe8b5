import { useLocale, useTranslations } from "next-intl";
import { RefundList } from "@/components/bookings/refund-list";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/choices";
import { Select } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { CANCEL_CAUSES } from "@/lib/bookings/refund-policy";

interface CancelBookingProps {
  quotes: readonly { cause: string; refund: { amount: number } }[];
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
        <RefundList quotes={quotes} currency={currency} locale={locale} />
        <ActionForm action={action} className="space-y-gap">
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
