import { useTranslations } from "next-intl";
import { CancellationBands } from "@/components/cabinet/cancellation-bands";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/choices";
import { TextArea, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/fieldset";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { DEPARTMENTS, type ListingContent } from "@/lib/clinics/forms/listing";

interface ListingFormProps {
  content: ListingContent;
  action: FormAction;
}

/** The texts of a listing. Prices stand on their own page. */
export function ListingForm({ content, action }: ListingFormProps) {
  const t = useTranslations("cabinet.listing.fields");
  const save = useTranslations("cabinet.listing");
  return (
    <ActionForm action={action} className="max-w-3xl space-y-gap-m">
      <Field name="name" label={t("name")}>
        <TextInput required maxLength={200} defaultValue={content.name} />
      </Field>
      <Field name="summary" label={t("summary")}>
        <TextArea required rows={5} maxLength={2000} defaultValue={content.summary} />
      </Field>
      <Field name="address" label={t("address")}>
        <TextInput required maxLength={300} defaultValue={content.address} />
      </Field>
      <Field name="officeHours" label={t("officeHours")}>
        <TextInput required maxLength={200} defaultValue={content.officeHours} />
      </Field>
      <fieldset>
        <legend className="field-label">{t("departments")}</legend>
        {DEPARTMENTS.map((one) => (
          <Checkbox
            key={one}
            name={`departments.${one}`}
            label={t(`department.${one}`)}
            defaultChecked={content.departments.includes(one)}
          />
        ))}
      </fieldset>
      <Field name="languages" label={t("languages")} hint={t("languagesHint")}>
        <TextInput required dir="ltr" defaultValue={content.languages.join(", ")} />
      </Field>
      <Field name="paymentTerms" label={t("paymentTerms")}>
        <TextArea required rows={3} maxLength={2000} defaultValue={content.paymentTerms} />
      </Field>
      <CancellationBands bands={content.cancellationBands} />
      <Field name="holidays" label={t("holidays")} hint={t("holidaysHint")}>
        <TextArea rows={3} dir="ltr" defaultValue={content.holidays.join("\n")} />
      </Field>
      <Certificates content={content} />
      <SubmitButton>{save("save")}</SubmitButton>
    </ActionForm>
  );
}

const EMPTY_ROWS = 2;

function Certificates({ content }: { content: ListingContent }) {
  const t = useTranslations("cabinet.listing.fields");
  const rows = [
    ...content.accreditations,
    ...Array.from({ length: EMPTY_ROWS }, () => ({ body: "", proof: "", validUntil: "" })),
  ];
  return (
    <Fieldset legend={t("accreditations")} hint={t("accreditationsHint")}>
      {rows.map((row, index) => (
        <div key={index} className="grid gap-gap sm:grid-cols-[8rem_minmax(0,1fr)_11rem]">
          <Field name={`accreditations.${index}.body`} label={t("body")}>
            <TextInput maxLength={60} defaultValue={row.body} />
          </Field>
          <Field name={`accreditations.${index}.proof`} label={t("proof")}>
            <TextInput maxLength={300} defaultValue={row.proof} />
          </Field>
          <Field name={`accreditations.${index}.validUntil`} label={t("validUntil")}>
            <TextInput type="date" defaultValue={row.validUntil} />
          </Field>
        </div>
      ))}
    </Fieldset>
  );
}
