import type { ReactNode } from "react";
import { useTranslations } from "next-intl";
import { formatCountry, formatList } from "@/components/ui/format";
import type { SearchForm } from "@/lib/clinics/forms/search";
import { collator } from "@/components/ui/kept-intl";
import { COUNTRIES } from "@/lib/guides/country";
import { TREATMENTS } from "@/lib/guides/treatment";
import { useChosenNames } from "./chosen-filters";
import { CURRENCIES_OFFERED } from "./currency-field";
import { budgetOf, filtersOf } from "./search-address";
import { PlainSelect } from "@/components/ui/plain-select";

/** A plain form: it works before, and without, any script. Filters chosen as links travel along. */
export function SearchPanel({ locale, form, today }: { locale: string; form: SearchForm; today: string }) {
  const t = useTranslations("clinics.search.form");
  const guides = useTranslations("guides");
  const { device, access, language, accreditation, sort } = filtersOf(form);
  const kept = { device, access, language, accreditation, sort };
  const countries = COUNTRIES.map((code) => ({ value: code, label: formatCountry(code, locale) })).toSorted(
    (a, b) => collator(locale, {}).compare(a.label, b.label),
  );
  const treatments = TREATMENTS.map((slug) => ({ value: slug, label: guides(`treatment.${slug}.short`) }));
  const currencies = CURRENCIES_OFFERED.map((code) => ({ value: code, label: code }));
  const chosen = useChosenNames(locale, filtersOf(form)).map(({ name }) => name);
  const hasMore = [form.maxPrice, form.currency, form.from].some((value) => value !== undefined);
  const fields = (
    <form
      action={`/${locale}/clinics#results`}
      role="search"
      aria-label={t("label")}
      className="no-print grid gap-gap rounded-md border border-line bg-card p-gap-m sm:grid-cols-2 lg:grid-cols-4"
    >
      <Line id="q" label={t("q")} hint={t("qHint")} wide>
        <input
          className="control"
          id="q"
          name="q"
          type="search"
          maxLength={200}
          defaultValue={form.q}
          aria-describedby="q-hint"
        />
      </Line>
      <Line id="treatment" label={t("treatment")}>
        <PlainSelect name="treatment" value={form.treatment} none={t("anyTreatment")} options={treatments} />
      </Line>
      <Line id="country" label={t("country")}>
        <PlainSelect name="country" value={form.country} none={t("anyCountry")} options={countries} />
      </Line>
      <details className="sm:col-span-2 lg:col-span-3" open={hasMore}>
        <summary className="flex min-h-control items-center text-primary underline underline-offset-2">
          {t("more")}
        </summary>
        <div className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-gap sm:grid-cols-3">
          <Line id="budget" label={t("budget")}>
            <input
              className="control"
              id="budget"
              name="budget"
              inputMode="numeric"
              pattern="[0-9]*"
              defaultValue={budgetOf(form)}
            />
          </Line>
          <Line id="currency" label={t("currency")}>
            <PlainSelect name="currency" value={form.currency} none={t("noCurrency")} options={currencies} />
          </Line>
          <Line id="from" label={t("from")}>
            <input
              className="control"
              id="from"
              name="from"
              type="date"
              min={today}
              defaultValue={form.from}
            />
          </Line>
        </div>
      </details>
      {Object.entries(kept).map(([name, value]) =>
        value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
      )}
      <button type="submit" className="button button-primary self-start">
        {t("submit")}
      </button>
    </form>
  );
  if (chosen.length === 0) return fields;
  return (
    <details className="fold no-print">
      <summary className="fold-summary">{t("again", { chosen: formatList(chosen, locale) })}</summary>
      {fields}
    </details>
  );
}

interface LineProps {
  id: string;
  label: string;
  hint?: string;
  wide?: boolean;
  children: ReactNode;
}

function Line({ id, label, hint, wide = false, children }: LineProps) {
  return (
    <div className={`space-y-1.5 ${wide ? "sm:col-span-2" : ""}`}>
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
    </div>
  );
}
