import { useTranslations } from "next-intl";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatCountry } from "@/components/ui/format";
import { RESIDENCES } from "@/lib/guides/residence";

interface Contact {
  name: string | null;
  email?: string | null | undefined;
  phone?: string | null | undefined;
  country: string | null;
}

export function PatientFields({ contact, locale }: { contact: Contact; locale: string }) {
  const t = useTranslations("intake.patient");
  const options = RESIDENCES.map((value) => ({ value, label: formatCountry(value, locale) })).toSorted(
    (one, other) => one.label.localeCompare(other.label, locale),
  );
  return (
    <>
      <Field name="contact.name" label={t("name")} hint={t("nameHint")}>
        <TextInput dir="auto" required maxLength={120} defaultValue={contact.name ?? ""} />
      </Field>
      <Field name="contact.country" label={t("country")}>
        <Select options={options} empty={t("choose")} required defaultValue={contact.country ?? ""} />
      </Field>
    </>
  );
}

export function ReachFields({ contact }: { contact: Contact }) {
  const t = useTranslations("intake.reach");
  const common = useTranslations("common.form");
  return (
    <>
      <Field name="contact.email" label={t("email")} hint={t("emailHint")}>
        <TextInput
          type="email"
          dir="ltr"
          autoComplete="email"
          required
          defaultValue={contact.email ?? ""}
          className="rtl:text-end"
        />
      </Field>
      <Field name="contact.phone" label={t("phone")} optional={common("optional")}>
        <TextInput
          type="tel"
          dir="ltr"
          autoComplete="tel"
          maxLength={40}
          defaultValue={contact.phone ?? ""}
          className="rtl:text-end"
        />
      </Field>
    </>
  );
}
