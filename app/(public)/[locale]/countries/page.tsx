import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { connection } from "next/server";
import { CentreMap } from "@/components/clinics/centre-map";
import { CountryList } from "@/components/clinics/country-list";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { alternatesOf, wordsLocale } from "@/i18n/alternates";
import { OwnWords } from "@/i18n/own-words";
import { publishedPlaces } from "@/lib/clinics/published";
import { isGuideCountry } from "@/lib/guides/country";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clinics.map");
  return {
    title: t("title"),
    description: t("lead"),
    alternates: alternatesOf(await getLocale(), "/countries", "clinics"),
  };
}

export default async function CountriesPage() {
  // A build knows no database: the page is written when it is asked for.
  await connection();
  const locale = await getLocale();
  const t = await getTranslations("clinics.map");
  const places = await publishedPlaces();
  const counts = Map.groupBy(places, ({ country }) => country);
  const countries = [...counts]
    .map(([code, those]) => ({ code, centres: those.length, hasGuide: isGuideCountry(code) }))
    .toSorted((one, other) => other.centres - one.centres || one.code.localeCompare(other.code));
  return (
    <OwnWords of="clinics">
      <PageHeader title={t("title")} lead={t("lead")} />
      {places.length === 0 ? (
        <EmptyState title={t("none")} />
      ) : (
        <div className="space-y-gap-l">
          <CentreMap places={places} locale={wordsLocale(locale, "clinics")} />
          <CountryList countries={countries} locale={locale} />
        </div>
      )}
    </OwnWords>
  );
}
