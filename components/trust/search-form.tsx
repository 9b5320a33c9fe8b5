import { useTranslations } from "next-intl";
import { formatCountry } from "@/components/ui/format";
import { PlainSelect } from "@/components/ui/plain-select";
import { COUNTRIES } from "@/lib/guides/country";
import { TREATMENTS } from "@/lib/guides/treatment";

/** Leads into the list of centres. A plain form: it works before, and without, any script. */
export function SearchForm({ locale }: { locale: string }) {
  const t = useTranslations("home");
  const countries = COUNTRIES.map((code) => ({
    value: code,
    label: formatCountry(code, locale),
  })).toSorted((a, b) => a.label.localeCompare(b.label, locale));
  const names = useTranslations("treatments");
  const treatments = TREATMENTS.map((slug) => ({ value: slug, label: names(slug) }));
  return (
    <form
      action={`/${locale}/clinics#results`}
      role="search"
      aria-labelledby="search-title"
      className="no-print grid items-end gap-gap rounded-md border border-line bg-card p-gap-m sm:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)] lg:grid-cols-[auto_minmax(0,1.4fr)_minmax(0,1fr)_auto] lg:gap-gap-m"
    >
      <h2 id="search-title" className="text-lg sm:col-span-full lg:col-span-1 lg:max-w-32 lg:self-center">
        {t("search.title")}
      </h2>
      <Choice
        name="treatment"
        label={t("search.treatment")}
        none={t("search.anyTreatment")}
        options={treatments}
      />
      <Choice name="country" label={t("search.country")} none={t("search.anyCountry")} options={countries} />
      <button
        type="submit"
        className="button button-quiet sm:col-span-full sm:justify-self-start lg:col-span-1"
      >
        {t("search.submit")}
      </button>
    </form>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  none: string;
  options: readonly { value: string; label: string }[];
}

function Choice({ name, label, none, options }: ChoiceProps) {
  const id = `search-${name}`;
  return (
    <div className="space-y-1.5">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <PlainSelect id={id} name={name} none={none} options={options} />
    </div>
  );
}
