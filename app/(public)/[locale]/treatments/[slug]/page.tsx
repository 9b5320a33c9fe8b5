import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CentreLinks } from "@/components/clinics/centre-links";
import { GuideFrame } from "@/components/guides/guide-frame";
import { GuidePart } from "@/components/guides/guide-part";
import { TreatmentGuide } from "@/components/guides/treatment-guide";
import { alternatesOf } from "@/i18n/alternates";
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
  const names = await getTranslations("treatments");
  return {
    title: names(slug),
    description: t(`treatment.${slug}.lead`),
    alternates: alternatesOf(await getLocale(), `/treatments/${slug}`, "guides"),
  };
}

export default async function TreatmentPage({ params }: Props) {
  const { slug } = await params;
  if (!isTreatment(slug)) notFound();
  const locale = await getLocale();
  const t = await getTranslations("guides");
  const names = await getTranslations("treatments");
  return (
    <OwnWords of="guides">
      <GuideFrame
        locale={locale}
        title={names(slug)}
        lead={t(`treatment.${slug}.lead`)}
        begin={`treatment=${slug}`}
      >
        <TreatmentGuide slug={slug} locale={locale} />
        <GuidePart id="centres" title={t("label.centres")}>
          <CentreLinks
            clinics={await firstClinics({ treatment: slug }, new Date())}
            locale={locale}
            all={`/${locale}/clinics?treatment=${slug}`}
          />
        </GuidePart>
      </GuideFrame>
    </OwnWords>
  );
}
