import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Select } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { EndCause } from "@/lib/bookings/refund-policy";

interface ProposeRefundProps {
  /** What may have ended it; contract B alone by its withdrawal. */
  causes: readonly EndCause[];
  action: FormAction;
}

/** After a booking, or its contract B, ended: what the rules give for a cause is proposed again, for finance to approve. */
export function ProposeRefund({ causes, action }: ProposeRefundProps) {
  const t = useTranslations("desk.bookings");
  const words = useTranslations("desk.causes");
  return (
    <details>
      <summary className="link inline-flex min-h-control items-center">{t("propose")}</summary>
      <ActionForm action={action} className="max-w-xl space-y-gap py-gap">
        <p className="text-ink-soft">{t("proposeLead")}</p>
        <Field name="cause" label={t("cause")}>
          <Select
            required
            empty={t("choose")}
            options={causes.map((cause) => ({ value: cause, label: words(cause) }))}
          />
        </Field>
        <SubmitButton>{t("proposeDo")}</SubmitButton>
      </ActionForm>
    </details>
  );
}
