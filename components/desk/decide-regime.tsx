import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Select, TextArea } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

const DECIDED = ["LIKELY_NOT_PACKAGE", "PACKAGE"] as const;

/** Which travel law a hold falls under, with the reason: until it is said the patient cannot sign. */
export function DecideRegime({ action }: { action: FormAction }) {
  const t = useTranslations("desk.bookings");
  return (
    <ActionForm action={action} className="max-w-2xl space-y-gap">
      <p>{t("regimeLead")}</p>
      <Field name="regime" label={t("regime")}>
        <Select
          required
          empty={t("choose")}
          options={DECIDED.map((value) => ({ value, label: t(`regimes.${value}`) }))}
        />
      </Field>
      <Field name="reason" label={t("regimeReason")} hint={t("regimeReasonHint")}>
        <TextArea rows={3} required maxLength={1000} />
      </Field>
      <SubmitButton>{t("regimeDo")}</SubmitButton>
    </ActionForm>
  );
}
