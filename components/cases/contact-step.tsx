import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatCountry } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

interface ContactStepProps {
  draft: {
    contact: {
      name: string | null;
      email?: string | null | undefined;
      phone?: string | null | undefined;
      country: string | null;
    };
  };
  countries: readonly string[];
  locale: string;
  action: FormAction;
}

export function ContactStep({ draft, countries, locale, action }: ContactStepProps) {
  const t = useTranslations("intake.contact");
  const common = useTranslations("common.form");
  const { contact } = draft;
  const options = countries
    .map((value) => ({ value, label: formatCountry(value, locale) }))
    .toSorted((one, other) => one.label.localeCompare(other.label, locale));
  return (
    <Card heading={t("title")}>
      <p className="mb-gap-m text-ink-soft">{t("lead")}</p>
      <ActionForm action={action}>
        <Field name="contact.name" label={t("name")} hint={t("nameHint")}>
          <TextInput required maxLength={120} defaultValue={contact.name ?? ""} />
        </Field>
        <Field name="contact.email" label={t("email")} hint={t("emailHint")}>
          <TextInput type="email" autoComplete="email" required defaultValue={contact.email ?? ""} />
        </Field>
        <Field name="contact.phone" label={t("phone")} optional={common("optional")}>
          <TextInput type="tel" autoComplete="tel" maxLength={40} defaultValue={contact.phone ?? ""} />
        </Field>
        <Field name="contact.country" label={t("country")}>
          <Select options={options} empty={t("choose")} required defaultValue={contact.country ?? ""} />
        </Field>
        <SubmitButton>{t("submit")}</SubmitButton>
      </ActionForm>
    </Card>
  );
}
