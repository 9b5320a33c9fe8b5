import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { GuidePart } from "@/components/guides/guide-part";
import { PendingNotice } from "@/components/guides/pending-notice";
import { HeartFigure } from "@/components/pictures/condition-pictures";
import { TreatmentList } from "@/components/guides/treatment-list";
import { PageHeader } from "@/components/ui/page-header";
import { PlainLink } from "@/components/ui/plain-link";
import { alternatesOf } from "@/i18n/alternates";
import { OwnWords } from "@/i18n/own-words";
import { CONDITIONS } from "@/lib/guides/condition";
import { deviceFacts, DEVICES } from "@/lib/guides/device";
import { TREATMENTS } from "@/lib/guides/treatment";

export const dynamicParams = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clinics.treatments");
  return {
    title: t("title"),
    description: t("description"),
    alternates: alternatesOf(await getLocale(), "/treatments", "guides"),
  };
}

export default async function TreatmentsPage() {
  const locale = await getLocale();
  const t = await getTranslations("clinics.treatments");
  const guides = await getTranslations("guides");
  return (
    <OwnWords of="guides">
      <PageHeader title={t("title")} lead={<p>{t("lead")}</p>} />
      <div className="space-y-gap-l">
        <PendingNotice />
        <HeartFigure />
        <TreatmentList slugs={TREATMENTS} locale={locale} />
        <div className="grid gap-gap-l md:grid-cols-2">
          <GuidePart id="conditions" title={guides("label.conditions")}>
            <ul className="space-y-2">
              {CONDITIONS.map((slug) => (
                <li key={slug}>
                  <PlainLink href={`/${locale}/conditions/${slug}`}>
                    {guides(`condition.${slug}.name`)}
                  </PlainLink>
                </li>
              ))}
            </ul>
          </GuidePart>
          <GuidePart id="devices" title={guides("label.devices")}>
            <ul className="space-y-2">
              {DEVICES.map((slug) => (
                <li key={slug}>
                  <PlainLink href={`/${locale}/devices/${slug}`}>{deviceFacts(slug).name}</PlainLink>
                </li>
              ))}
            </ul>
          </GuidePart>
        </div>
      </div>
    </OwnWords>
  );
}
