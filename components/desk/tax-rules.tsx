import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/fieldset";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { TAX_TREATMENTS, TAXED_KINDS, type TaxRules as Rules } from "@/lib/payments/tax";

interface TaxRulesProps {
  rules: Rules;
  /** When the rules were last changed, as this page saw them. */
  seenAt: string;
  action: FormAction;
}

/** How each kind of line of contract B is taxed: rate, or why there is no tax. */
export function TaxRules({ rules, seenAt, action }: TaxRulesProps) {
  const t = useTranslations("invoices.tax");
  const kinds = useTranslations("lineKinds");
  return (
    <Card heading={t("title")} as="section">
      <p className="mb-gap-m max-w-prose text-ink-soft">{t("lead")}</p>
      <ActionForm action={action} className="space-y-gap-m">
        <input type="hidden" name="seenAt" value={seenAt} />
        {TAXED_KINDS.map((kind) => (
          <Fieldset key={`${kind} ${seenAt}`} legend={kinds(kind)}>
            <div className="grid gap-x-gap-l gap-y-gap sm:grid-cols-[minmax(0,1fr)_9rem_minmax(0,1.5fr)]">
              <Field name={`rules.${kind}.treatment`} label={t("treatment")}>
                <Select
                  empty={t("unset")}
                  options={TAX_TREATMENTS.map((value) => ({ value, label: t(`treatments.${value}`) }))}
                  defaultValue={rules[kind]?.treatment ?? ""}
                />
              </Field>
              <Field name={`rules.${kind}.rateBp`} label={t("rate")}>
                <TextInput
                  inputMode="numeric"
                  maxLength={5}
                  autoComplete="off"
                  dir="ltr"
                  defaultValue={rules[kind]?.treatment === "standard" ? rules[kind].rateBp : ""}
                />
              </Field>
              <Field name={`rules.${kind}.note`} label={t("note")}>
                <TextInput
                  maxLength={300}
                  autoComplete="off"
                  dir="auto"
                  defaultValue={rules[kind]?.note ?? ""}
                />
              </Field>
            </div>
          </Fieldset>
        ))}
        <SubmitButton>{t("submit")}</SubmitButton>
      </ActionForm>
    </Card>
  );
}
