import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Select } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { CANCEL_CAUSES } from "@/lib/bookings/refund-policy";

/** After a booking ended: what the rules give for a cause is proposed again, for finance to approve. */
export function ProposeRefund({ action }: { action: FormAction }) {
  const t = useTranslations("desk.bookings");
  const causes = useTranslations("desk.causes");
  return (
    <details>
      <summary className="link inline-flex min-h-control items-center">{t("propose")}</summary>
      <ActionForm action={action} className="max-w-xl space-y-gap py-gap">
        <p className="text-ink-soft">{t("proposeLead")}</p>
        <Field name="cause" label={t("cause")}>
          <Select
            required
            empty={t("choose")}
            options={CANCEL_CAUSES.map((cause) => ({ value: cause, label: causes(cause) }))}
          />
        </Field>
        <SubmitButton>{t("proposeDo")}</SubmitButton>
      </ActionForm>
    </details>
  );
}
