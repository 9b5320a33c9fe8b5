import { useTranslations } from "next-intl";
import { ConsentWording } from "@/components/cases/consent-wording";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/choices";
import { Select } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatCountry, formatList } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ConsentText } from "@/lib/cases/consent-text";

interface ConsentFormProps {
  clinics: readonly { slug: string; name: string; city: string; country: string }[];
  text: ConsentText;
  /** The centre the patient started from, while it may still be chosen. */
  chosen: string | null;
  locale: string;
  action: FormAction;
}

/** Lets one clinic look, in words the patient reads before the button. */
export function ConsentForm({ clinics, text, chosen, locale, action }: ConsentFormProps) {
  const t = useTranslations("my.clinics");
  const common = useTranslations("common.form");
  const options = clinics.map(({ slug, name, city, country }) => ({
    value: slug,
    label: formatList([name, city, formatCountry(country, locale)], locale),
  }));
  return (
    <ActionForm action={action}>
      <Field name="clinic" label={t("clinic")}>
        <Select options={options} empty={common("choose")} required defaultValue={chosen ?? ""} />
      </Field>
      <ConsentWording text={text} />
      <Checkbox name="deidentified" label={t("deidentified")} hint={t("deidentifiedHint")} />
      <SubmitButton>{t("give")}</SubmitButton>
    </ActionForm>
  );
}
