import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CentreLinks } from "@/components/clinics/centre-links";
import { GuideFrame } from "@/components/guides/guide-frame";
import { GuidePart } from "@/components/guides/guide-part";
import { DeviceGuide } from "@/components/guides/device-guide";
import { alternatesOf } from "@/i18n/alternates";
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
    alternates: alternatesOf(await getLocale(), `/devices/${slug}`, "guides"),
  };
}

export default async function DevicePage({ params }: Props) {
  const { slug } = await params;
  if (!isDevice(slug)) notFound();
  const locale = await getLocale();
  const t = await getTranslations("guides");
  return (
    <OwnWords of="guides">
      <GuideFrame
        locale={locale}
        title={deviceFacts(slug).name}
        lead={t(`design.${deviceFacts(slug).design}`)}
      >
        <DeviceGuide slug={slug} locale={locale} />
        <GuidePart id="centres" title={t("label.centres")}>
          <CentreLinks
            clinics={await firstClinics({ device: slug }, new Date())}
            locale={locale}
            all={`/${locale}/clinics?device=${slug}`}
          />
        </GuidePart>
      </GuideFrame>
    </OwnWords>
  );
}
