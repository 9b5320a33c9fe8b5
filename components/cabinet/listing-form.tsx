import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CancellationBands } from "@/components/cabinet/cancellation-bands";
import { Certificates } from "@/components/cabinet/certificates";
import { ListingSection } from "@/components/cabinet/listing-sections";
import { RemarksAt } from "@/components/cabinet/remarks";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/choices";
import { TextArea, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { DEPARTMENTS, type ListingContent } from "@/lib/clinics/forms/listing";
import type { SeenDraft } from "@/lib/clinics/listing";

interface ListingFormProps {
  content: ListingContent;
  seen: SeenDraft;
  /** What the operator asked to change, by the place of the change. */
  remarks: Readonly<Record<string, string>>;
  action: FormAction;
  /** Saves while somebody types. */
  children: ReactNode;
}

/** The texts of a listing, section by section. Prices, doctors and results have pages of their own. */
export function ListingForm({ content, seen, remarks, action, children }: ListingFormProps) {
  const t = useTranslations("cabinet.listing.fields");
  return (
    <ActionForm action={action} className="space-y-gap-xl">
      <input type="hidden" name="seenDraft" value={seen.id ?? ""} />
      <input type="hidden" name="seenVersion" value={seen.version} />
      <ListingSection id="words">
        <RemarksAt part="name" remarks={remarks} />
        <Field name="name" label={t("name")}>
          <TextInput required maxLength={200} defaultValue={content.name} />
        </Field>
        <RemarksAt part="summary" remarks={remarks} />
        <Field name="summary" label={t("summary")} hint={t("summaryHint")}>
          <TextArea required rows={5} maxLength={2000} defaultValue={content.summary} />
        </Field>
      </ListingSection>
      <Reach content={content} remarks={remarks} />
      <ListingSection id="money">
        <RemarksAt part="paymentTerms" remarks={remarks} />
        <Field name="paymentTerms" label={t("paymentTerms")}>
          <TextArea required rows={3} maxLength={2000} defaultValue={content.paymentTerms} />
        </Field>
        <RemarksAt part="cancellationBands" remarks={remarks} />
        <CancellationBands bands={content.cancellationBands} />
      </ListingSection>
      <ListingSection id="closed">
        <RemarksAt part="holidays" remarks={remarks} />
        <Field name="holidays" label={t("holidays")} hint={t("holidaysHint")}>
          <TextArea rows={3} dir="ltr" defaultValue={content.holidays.join("\n")} />
        </Field>
      </ListingSection>
      <ListingSection id="proofs">
        <RemarksAt part="accreditations" remarks={remarks} />
        <Certificates lines={content.accreditations} />
      </ListingSection>
      {children}
    </ActionForm>
  );
}

function Reach({ content, remarks }: Pick<ListingFormProps, "content" | "remarks">) {
  const t = useTranslations("cabinet.listing.fields");
  return (
    <ListingSection id="reach">
      <RemarksAt part="address" remarks={remarks} />
      <Field name="address" label={t("address")}>
        <TextInput required maxLength={300} defaultValue={content.address} />
      </Field>
      <RemarksAt part="officeHours" remarks={remarks} />
      <Field name="officeHours" label={t("officeHours")}>
        <TextInput required maxLength={200} defaultValue={content.officeHours} />
      </Field>
      <RemarksAt part="languages" remarks={remarks} />
      <Field name="languages" label={t("languages")} hint={t("languagesHint")}>
        <TextInput required dir="ltr" defaultValue={content.languages.join(", ")} />
      </Field>
      <fieldset>
        <legend className="field-label">{t("departments")}</legend>
        <RemarksAt part="departments" remarks={remarks} />
        {DEPARTMENTS.map((one) => (
          <Checkbox
            key={one}
            name={`departments.${one}`}
            label={t(`department.${one}`)}
            defaultChecked={content.departments.includes(one)}
          />
        ))}
      </fieldset>
    </ListingSection>
  );
}
