import { useTranslations } from "next-intl";
import { formatCountry } from "@/components/ui/format";
import { COUNTRIES } from "@/lib/guides/country";
import { TREATMENTS } from "@/lib/guides/treatment";

/** Leads into the list of centres. A plain form: it works before, and without, any script. */
export function SearchForm({ locale }: { locale: string }) {
  const t = useTranslations("home");
  const countries = COUNTRIES.map((code) => ({ code, name: formatCountry(code, locale) })).toSorted((a, b) =>
    a.name.localeCompare(b.name, locale),
  );
  return (
    <form
      action={`/${locale}/clinics`}
      role="search"
      aria-labelledby="search-title"
      className="no-print space-y-gap rounded-md border border-line bg-card p-gap-m"
    >
      <h2 id="search-title" className="text-lg">
        {t("search.title")}
      </h2>
      <div className="space-y-1.5">
        <label className="field-label" htmlFor="search-treatment">
          {t("search.treatment")}
        </label>
        <select className="control" id="search-treatment" name="treatment">
          <option value="">{t("search.anyTreatment")}</option>
          {TREATMENTS.map((slug) => (
            <option key={slug} value={slug}>
              {t(`treatments.${slug}`)}
            </option>
          ))}
        </select>
      </div>
      <div className="space-y-1.5">
        <label className="field-label" htmlFor="search-country">
          {t("search.country")}
        </label>
        <select className="control" id="search-country" name="country">
          <option value="">{t("search.anyCountry")}</option>
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" className="button button-quiet w-full">
        {t("search.submit")}
      </button>
    </form>
  );
}
