import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Select, TextArea, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { formatCountry } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import type { SupplierRow } from "@/lib/desk/queries/suppliers";
import { RESIDENCES } from "@/lib/guides/residence";
import { dayOf } from "@/lib/kernel/day";
import { SUPPLIER_KINDS } from "@/lib/logistics/supplier";

export function AddSupplier({ action }: { action: FormAction }) {
  const t = useTranslations("suppliers");
  const kinds = SUPPLIER_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }));
  return (
    <ActionForm action={action} className="space-y-gap-m">
      <Field name="kind" label={t("kind")}>
        <Select required empty={t("choose")} options={kinds} />
      </Field>
      <SupplierFields supplier={null} />
      <SubmitButton>{t("addDo")}</SubmitButton>
    </ActionForm>
  );
}

export function EditSupplier({ supplier, action }: { supplier: SupplierRow; action: FormAction }) {
  const t = useTranslations("suppliers");
  const seenAt = supplier.changedAt.toISOString();
  return (
    <ActionForm action={action} className="space-y-gap-m">
      <input type="hidden" name="seenAt" value={seenAt} />
      <SupplierFields key={seenAt} supplier={supplier} />
      <SubmitButton>{t("save")}</SubmitButton>
    </ActionForm>
  );
}

function SupplierFields({ supplier }: { supplier: SupplierRow | null }) {
  const t = useTranslations("suppliers");
  const locale = useLocale();
  const countries = RESIDENCES.map((value) => ({ value, label: formatCountry(value, locale) })).toSorted(
    (one, other) => one.label.localeCompare(other.label, locale),
  );
  const terms = supplier?.termsAcceptedOn;
  return (
    <div className="grid gap-x-gap-l gap-y-gap-m sm:grid-cols-2">
      <Field name="name" label={t("name")}>
        <TextInput required maxLength={200} autoComplete="off" dir="auto" defaultValue={supplier?.name} />
      </Field>
      <Field name="contact" label={t("contact")} hint={t("contactHint")} optional={t("optional")}>
        <TextArea rows={3} maxLength={500} defaultValue={supplier?.contact ?? ""} />
      </Field>
      <Field name="country" label={t("country")}>
        <Select required empty={t("choose")} options={countries} defaultValue={supplier?.country ?? ""} />
      </Field>
      <Field name="city" label={t("city")}>
        <TextInput required maxLength={120} autoComplete="off" dir="auto" defaultValue={supplier?.city} />
      </Field>
      <Field name="termsAcceptedOn" label={t("terms")} hint={t("termsHint")} optional={t("optional")}>
        <TextInput type="date" defaultValue={terms ? dayOf(terms) : ""} />
      </Field>
    </div>
  );
}
