import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { GuideFrame } from "@/components/guides/guide-frame";
import { GuidePart } from "@/components/guides/guide-part";
import { PendingNotice } from "@/components/guides/pending-notice";
import { ConditionPictures } from "@/components/pictures/condition-pictures";
import { TreatmentList } from "@/components/guides/treatment-list";
import { alternatesOf } from "@/i18n/alternates";
import { OwnWords } from "@/i18n/own-words";
import { isCondition, treatmentsFor } from "@/lib/guides/condition";

interface Props {
  params: Promise<{ slug: string }>;
}

/** Written when first asked for. */
export function generateStaticParams() {
  return [];
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  if (!isCondition(slug)) return {};
  const t = await getTranslations("guides");
  return {
    title: t(`condition.${slug}.name`),
    description: t(`condition.${slug}.lead`),
    alternates: alternatesOf(await getLocale(), `/conditions/${slug}`, "guides"),
  };
}

export default async function ConditionPage({ params }: Props) {
  const { slug } = await params;
  if (!isCondition(slug)) notFound();
  const locale = await getLocale();
  const t = await getTranslations("guides");
  return (
    <OwnWords of="guides">
      <GuideFrame locale={locale} title={t(`condition.${slug}.name`)} lead={t(`condition.${slug}.lead`)}>
        <PendingNotice />
        {(["what", "feel", "tests"] as const).map((part) => (
          <GuidePart key={part} id={part} title={t(`label.${part}`)}>
            <p className="max-w-prose">{t(`condition.${slug}.${part}`)}</p>
            {part === "what" ? (
              <div className="mt-gap-l max-w-3xl">
                <ConditionPictures slug={slug} />
              </div>
            ) : null}
          </GuidePart>
        ))}
        <GuidePart id="treatments" title={t("label.treatmentsFor")} lead={t("label.treatmentsForLead")}>
          <TreatmentList slugs={treatmentsFor(slug)} locale={locale} />
        </GuidePart>
      </GuideFrame>
    </OwnWords>
  );
}
