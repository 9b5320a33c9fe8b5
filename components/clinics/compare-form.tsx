import { useTranslations } from "next-intl";
import type { ClinicFacts } from "@/lib/clinics/views/catalogue";
import type { ComparedIn } from "./compared-rows";
import { CurrencyField } from "./currency-field";
import { useFacetName } from "./facet-name";

interface CompareFormProps {
  clinics: readonly ClinicFacts[];
  compared: ComparedIn;
}

/** Chooses the treatment whose prices are compared, and the currency they are told in; a plain form. */
export function CompareForm({ clinics, compared }: CompareFormProps) {
  const { treatment, locale, currency } = compared;
  const t = useTranslations("clinics.compare");
  const nameOf = useFacetName();
  const offered = [...new Set(clinics.flatMap((clinic) => clinic.procedures.map((one) => one.treatment)))];
  return (
    <form action={`/${locale}/compare`} className="no-print flex flex-wrap items-end gap-gap">
      <input type="hidden" name="c" value={clinics.map((clinic) => clinic.slug).join(",")} />
      <div className="space-y-1.5">
        <label className="field-label" htmlFor="treatment">
          {t("treatment")}
        </label>
        <select className="control" id="treatment" name="treatment" defaultValue={treatment ?? ""}>
          {offered.map((slug) => (
            <option key={slug} value={slug}>
              {nameOf("treatment", slug)}
            </option>
          ))}
        </select>
      </div>
      <CurrencyField label={t("currency")} currency={currency} />
    </form>
  );
}
