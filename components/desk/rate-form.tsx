import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/choices";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { GroupError } from "@/components/ui/group-error";
import { SubmitButton } from "@/components/ui/submit-button";

interface RateFormProps {
  quotes: readonly string[];
  source: string | undefined;
  /** This moment by the desk's clock, as the entry is filled. */
  nowAt: string;
  zone: string;
  action: FormAction;
}

/** Enters what one euro is worth today, several currencies of one source at once. */
export function RateForm({ quotes, source, nowAt, zone, action }: RateFormProps) {
  const t = useTranslations("moneySettings.rates");
  return (
    <Card heading={t("enter")} as="section">
      <p className="mb-gap-m max-w-prose text-ink-soft">{t("enterLead")}</p>
      <ActionForm action={action} className="space-y-gap-m">
        <div key={nowAt} className="grid gap-x-gap-l gap-y-gap-m sm:grid-cols-2">
          <Field name="source" label={t("source")} hint={t("sourceHint")}>
            <TextInput maxLength={120} autoComplete="off" dir="auto" required defaultValue={source} />
          </Field>
          <Field name="at" label={t("at")} hint={t("atHint", { zone })}>
            <TextInput type="datetime-local" required max={nowAt} defaultValue={nowAt} />
          </Field>
        </div>
        <GroupError name="rates" />
        <div className="grid grid-cols-2 gap-x-gap-l gap-y-gap sm:grid-cols-4">
          {quotes.map((quote) => (
            <Field key={quote} name={`rates.${quote}`} label={<bdi dir="ltr">{`1 EUR = … ${quote}`}</bdi>}>
              <TextInput inputMode="decimal" maxLength={16} autoComplete="off" dir="ltr" />
            </Field>
          ))}
        </div>
        <Checkbox name="sure" label={t("sure")} hint={t("sureHint")} value="yes" />
        <SubmitButton>{t("submit")}</SubmitButton>
      </ActionForm>
    </Card>
  );
}
