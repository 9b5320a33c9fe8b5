import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { ChosenFilters } from "@/components/clinics/chosen-filters";
import { ClinicResults } from "@/components/clinics/clinic-results";
import { FacetLinks } from "@/components/clinics/facet-links";
import { NoClinic } from "@/components/clinics/no-clinic";
import { filtersOf, searchAddress } from "@/components/clinics/search-address";
import { SearchPanel } from "@/components/clinics/search-panel";
import { SortLinks } from "@/components/clinics/sort-links";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { PlainLink } from "@/components/ui/plain-link";
import { alternatesOf } from "@/i18n/alternates";
import { OwnWords } from "@/i18n/own-words";
import { readSearch } from "@/lib/clinics/forms/search";
import { countWithout, searchClinics } from "@/lib/clinics/published";
import { dayOf } from "@/lib/kernel/day";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clinics.search");
  return {
    title: t("title"),
    description: t("description"),
    alternates: alternatesOf(await getLocale(), "/clinics", "clinics"),
  };
}

export default async function ClinicsPage({ searchParams }: Props) {
  const locale = await getLocale();
  const t = await getTranslations("clinics.search");
  const now = new Date();
  const { form, ignored, answer } = await listed(await searchParams, locale, now);
  const filters = filtersOf(form);
  const found = t(answer.capped ? "foundLeast" : "found", { found: answer.found });
  return (
    <OwnWords of="clinics">
      <PageHeader
        title={t("title")}
        lead={
          <p>
            {t("lead")} <PlainLink href={`/${locale}/how-we-rank`}>{t("how")}</PlainLink>
          </p>
        }
      />
      <div className="space-y-gap">
        {ignored.length === 0 ? null : (
          <Notice tone="attention">{t("ignored", { fields: ignored.join(", ") })}</Notice>
        )}
        <SearchPanel locale={locale} form={form} today={dayOf(now)} />
        <div id="results" className="scroll-mt-4 space-y-gap">
          <ChosenFilters locale={locale} filters={filters} />
          <div className="grid gap-gap-m lg:grid-cols-[15rem_1fr]">
            <aside className="no-print min-w-0">
              <details className="fold">
                <summary className="fold-summary">{t("jump")}</summary>
                <FacetLinks locale={locale} facets={answer.facets} filters={filters} />
              </details>
            </aside>
            <div className="min-w-0 space-y-gap">
              <div className="flex flex-wrap items-baseline justify-between gap-gap">
                <h2 className="text-lg" aria-live="polite">
                  {found}
                </h2>
                <SortLinks locale={locale} filters={filters} />
              </div>
              {answer.items.length === 0 ? (
                <NoClinic locale={locale} filters={filters} without={await countWithout(form, now)} />
              ) : (
                <ClinicResults
                  locale={locale}
                  answer={answer}
                  filters={filters}
                  isFirstPage={form.cursor === undefined}
                />
              )}
            </div>
          </div>
        </div>
      </div>
    </OwnWords>
  );
}

type Asked = Record<string, string | string[] | undefined>;

/** The list for an address. A currency without a rate is left out with the budget in it, and the page says so. */
async function listed(address: Asked, locale: string, now: Date) {
  const { form, ignored } = readSearch(address);
  // One list, one address: what caches keep is as many lists as there are, however they are asked for.
  const own = searchAddress(locale, filtersOf(form), { cursor: form.cursor });
  if (ignored.length === 0 && own !== asAsked(locale, address)) redirect(own);
  // Somebody who chose no currency sees the euro beside those of the centres, or nothing could be compared.
  const asked = await searchClinics({ ...form, currency: form.currency ?? "EUR" }, now);
  if (asked.ok) return { form, ignored, answer: asked.value };
  const rest = { ...form, currency: undefined, maxPrice: undefined };
  const without = await searchClinics(rest, now);
  if (!without.ok) throw new Error(`The catalogue refused a search without currency: ${without.reason}.`);
  return { form: rest, ignored: [...ignored, "currency"], answer: without.value };
}

function asAsked(locale: string, address: Asked): string {
  const pairs = Object.entries(address).flatMap(([name, value = ""]) =>
    [value].flat().map((one) => [name, one]),
  );
  const query = new URLSearchParams(pairs).toString();
  return `/${locale}/clinics${query ? `?${query}` : ""}`;
}
