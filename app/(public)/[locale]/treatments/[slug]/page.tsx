import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CentreLinks } from "@/components/clinics/centre-links";
import { GuidePart } from "@/components/guides/guide-part";
import { TreatmentGuide } from "@/components/guides/treatment-guide";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { alternatesOf } from "@/i18n/addresses";
import { OwnWords } from "@/i18n/own-words";
import { firstClinics } from "@/lib/clinics/published";
import { isTreatment } from "@/lib/guides/treatment";

interface Props {
  params: Promise<{ slug: string }>;
}

/** Written when first asked for, and again every hour for the centres below the guide. */
export const revalidate = 3600;

export function generateStaticParams() {
  return [];
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  if (!isTreatment(slug)) return {};
  const t = await getTranslations("guides");
  return {
    title: t(`treatment.${slug}.name`),
    description: t(`treatment.${slug}.lead`),
    alternates: alternatesOf(await getLocale(), `/treatments/${slug}`),
  };
}

export default async function TreatmentPage({ params }: Props) {
  const { slug } = await params;
  if (!isTreatment(slug)) notFound();
  const locale = await getLocale();
  const t = await getTranslations("guides");
  const common = await getTranslations("common.nav");
  return (
    <OwnWords of="guides">
      <PageHeader
        above={
          <Breadcrumbs
            label={t("label.way")}
            crumbs={[{ href: `/${locale}/treatments`, label: t("label.treatments") }]}
          />
        }
        title={t(`treatment.${slug}.name`)}
        lead={<p>{t(`treatment.${slug}.lead`)}</p>}
        act={
          <LinkButton href={`/${locale}/start?treatment=${slug}`} look="primary">
            {common("start")}
          </LinkButton>
        }
      />
      <div className="space-y-gap-l">
        <TreatmentGuide slug={slug} locale={locale} />
        <GuidePart id="centres" title={t("label.centres")}>
          <CentreLinks
            clinics={await firstClinics({ treatment: slug }, new Date())}
            locale={locale}
            all={`/${locale}/clinics?treatment=${slug}`}
          />
        </GuidePart>
      </div>
    </OwnWords>
  );
}
