import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CentreLinks } from "@/components/clinics/centre-links";
import { GuidePart } from "@/components/guides/guide-part";
import { DeviceGuide } from "@/components/guides/device-guide";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { alternatesOf } from "@/i18n/addresses";
import { OwnWords } from "@/i18n/own-words";
import { firstClinics } from "@/lib/clinics/published";
import { deviceFacts, isDevice } from "@/lib/guides/device";

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
  if (!isDevice(slug)) return {};
  const t = await getTranslations("guides");
  return {
    title: deviceFacts(slug).name,
    description: t(`device.${slug}.how`),
    alternates: alternatesOf(await getLocale(), `/devices/${slug}`),
  };
}

export default async function DevicePage({ params }: Props) {
  const { slug } = await params;
  if (!isDevice(slug)) notFound();
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
        title={deviceFacts(slug).name}
        lead={<p>{t(`design.${deviceFacts(slug).design}`)}</p>}
        act={
          <LinkButton href={`/${locale}/start`} look="primary">
            {common("start")}
          </LinkButton>
        }
      />
      <div className="space-y-gap-l">
        <DeviceGuide slug={slug} locale={locale} />
        <GuidePart id="centres" title={t("label.centres")}>
          <CentreLinks
            clinics={await firstClinics({ device: slug }, new Date())}
            locale={locale}
            all={`/${locale}/clinics?device=${slug}`}
          />
        </GuidePart>
      </div>
    </OwnWords>
  );
}
