import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { Select, TextArea, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ClinicTerms } from "@/lib/desk/queries/clinic-terms";

interface ClinicTermsFormProps {
  terms: ClinicTerms;
  today: string;
  action: FormAction;
}

/** How one centre is paid, and the clearance by which its money may be held. */
export function ClinicTermsForm({ terms, today, action }: ClinicTermsFormProps) {
  const t = useTranslations("moneySettings.centres");
  const { id, name, contractAMode, prepaymentBp, clearanceOn, clearanceNote } = terms;
  const modes = (["direct", "held_by_operator"] as const).map((value) => ({ value, label: t(value) }));
  return (
    <Card heading={t("change", { name })} as="section">
      <p className="max-w-prose text-ink-soft">{t("changeLead")}</p>
      <ActionForm action={action} className="space-y-gap-m">
        <input type="hidden" name="clinicId" value={id} />
        <input type="hidden" name="seenMode" value={contractAMode} />
        <input type="hidden" name="seenBp" value={prepaymentBp} />
        <div
          key={`${id} ${contractAMode} ${prepaymentBp}`}
          className="grid gap-x-gap-l gap-y-gap-m sm:grid-cols-2"
        >
          <Field name="contractAMode" label={t("mode")}>
            <Select options={modes} defaultValue={contractAMode} />
          </Field>
          <Field name="prepayment" label={t("prepayment")} hint={t("prepaymentHint")}>
            <TextInput
              inputMode="decimal"
              maxLength={6}
              autoComplete="off"
              dir="ltr"
              required
              defaultValue={prepaymentBp / 100}
            />
          </Field>
          <Field name="clearanceOn" label={t("clearanceOn")} hint={t("clearanceHint")}>
            <TextInput type="date" max={today} defaultValue={clearanceOn ?? ""} />
          </Field>
          <Field name="clearanceNote" label={t("clearanceNote")} hint={t("noteHint")}>
            <TextArea rows={3} maxLength={1_000} defaultValue={clearanceNote ?? ""} />
          </Field>
        </div>
        <SubmitButton>{t("submit")}</SubmitButton>
      </ActionForm>
    </Card>
  );
}
