import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { CompareForm } from "@/components/clinics/compare-form";
import { CompareMore } from "@/components/clinics/compare-more";
import { CompareTable } from "@/components/clinics/compare-table";
import { PlainLinkButton } from "@/components/ui/plain-link";
import { EmptyState } from "@/components/ui/empty-state";
import { formatDay } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { alternatesOf } from "@/i18n/alternates";
import { OwnWords } from "@/i18n/own-words";
import { COMPARED_MAX, comparedSlugs, comparedTreatment } from "@/lib/clinics/comparison";
import { rateSource } from "@/lib/clinics/rate-source";
import { displayRates, firstClinics, publishedClinics } from "@/lib/clinics/published";
import { isTreatment } from "@/lib/guides/treatment";
import { isCurrency } from "@/lib/kernel/money";

interface Props {
  searchParams: Promise<{
    c?: string | string[];
    treatment?: string | string[];
    currency?: string | string[];
  }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clinics.compare");
  return {
    title: t("title"),
    description: t("description"),
    alternates: alternatesOf(await getLocale(), "/compare", "clinics"),
  };
}

export default async function ComparePage({ searchParams }: Props) {
  const locale = await getLocale();
  const t = await getTranslations("clinics.compare");
  const sources = await getTranslations("estimateRates.sources");
  const { c, treatment: wished, currency } = await searchParams;
  const asked = comparedSlugs(c);
  const slugs = asked.slice(0, COMPARED_MAX);
  const clinics = await publishedClinics(slugs, new Date());
  const unknown = slugs.filter((slug) => !clinics.some((clinic) => clinic.slug === slug));
  const compared = {
    locale,
    treatment: comparedTreatment(clinics, typeof wished === "string" ? wished : undefined),
    currency: typeof currency === "string" && isCurrency(currency) ? currency : "EUR",
    rates: await displayRates(),
  };
  const { treatment } = compared;
  const others =
    treatment !== null && isTreatment(treatment) ? await firstClinics({ treatment }, new Date()) : [];
  return (
    <OwnWords of="clinics">
      <PageHeader
        title={t("title")}
        lead={<p>{t("lead")}</p>}
        act={<PlainLinkButton href={`/${locale}/clinics`}>{t("choose")}</PlainLinkButton>}
      />
      <div className="space-y-gap-m">
        {unknown.length === 0 ? null : (
          <Notice tone="attention">{t("unknown", { names: unknown.join(", ") })}</Notice>
        )}
        {asked.length > COMPARED_MAX ? <Notice>{t("tooMany")}</Notice> : null}
        {clinics.length === 0 ? (
          <EmptyState title={t("empty")}>{t("emptyBody")}</EmptyState>
        ) : (
          <>
            <CompareForm clinics={clinics} compared={compared} />
            <CompareMore slugs={clinics.map((one) => one.slug)} others={others} compared={compared} />
            <CompareTable clinics={clinics} compared={compared} />
            {compared.rates === null ? null : (
              <p className="text-sm text-ink-soft">
                {t("rate", {
                  day: formatDay(compared.rates.at.slice(0, 10), locale),
                  source: rateSource(compared.rates.source, sources),
                })}
              </p>
            )}
          </>
        )}
      </div>
    </OwnWords>
  );
}
