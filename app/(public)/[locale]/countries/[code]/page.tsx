import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CentreLinks } from "@/components/clinics/centre-links";
import { PriceTables } from "@/components/clinics/price-tables";
import { CountryGuide } from "@/components/guides/country-guide";
import { GuidePart } from "@/components/guides/guide-part";
import { formatCountry } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { alternatesOf, wordsLocale } from "@/i18n/alternates";
import { OwnWords } from "@/i18n/own-words";
import { citiesOf, firstClinics, priceTable } from "@/lib/clinics/published";
import { countryFacts, isGuideCountry } from "@/lib/guides/country";
import { dayOf } from "@/lib/kernel/day";

interface Props {
  params: Promise<{ code: string }>;
}

/** Written when first asked for, and again every hour for prices and centres. */
export const revalidate = 3600;

export function generateStaticParams() {
  return [];
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const code = (await params).code.toUpperCase();
  if (!isGuideCountry(code)) return {};
  const locale = await getLocale();
  const t = await getTranslations("clinics.country");
  const country = formatCountry(code, wordsLocale(locale, "clinics"));
  return {
    title: t("title", { country }),
    description: t("description", { country }),
    alternates: alternatesOf(locale, `/countries/${code}`, "guides"),
  };
}

export default async function CountryPage({ params }: Props) {
  const code = (await params).code.toUpperCase();
  if (!isGuideCountry(code)) notFound();
  const locale = await getLocale();
  const t = await getTranslations("clinics.country");
  const guides = await getTranslations("guides.label");
  const country = formatCountry(code, wordsLocale(locale, "clinics"));
  const now = new Date();
  const prices = await priceTable(countryFacts(code).currency, now, code);
  return (
    <OwnWords of="guides">
      <PageHeader title={t("title", { country })} />
      <div className="space-y-gap-l">
        <CountryGuide code={code} locale={locale} today={dayOf(now)} cities={await citiesOf(code)} />
        {prices === null ? null : (
          <GuidePart id="prices" title={guides("typical")} lead={guides("typicalLead")}>
            <PriceTables table={prices} locale={locale} oneCountry />
          </GuidePart>
        )}
        <GuidePart id="centres" title={t("see", { country })}>
          <CentreLinks
            clinics={await firstClinics({ country: code }, now)}
            locale={locale}
            all={`/${locale}/clinics?country=${code}`}
          />
        </GuidePart>
      </div>
    </OwnWords>
  );
}
