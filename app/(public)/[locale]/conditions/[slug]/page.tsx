import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { GuidePart } from "@/components/guides/guide-part";
import { PendingNotice } from "@/components/guides/pending-notice";
import { TreatmentList } from "@/components/guides/treatment-list";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { alternatesOf } from "@/i18n/addresses";
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
    alternates: alternatesOf(await getLocale(), `/conditions/${slug}`),
  };
}

export default async function ConditionPage({ params }: Props) {
  const { slug } = await params;
  if (!isCondition(slug)) notFound();
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
        title={t(`condition.${slug}.name`)}
        lead={<p>{t(`condition.${slug}.lead`)}</p>}
        act={
          <LinkButton href={`/${locale}/start`} look="primary">
            {common("start")}
          </LinkButton>
        }
      />
      <div className="space-y-gap-l">
        <PendingNotice />
        {(["what", "feel", "tests"] as const).map((part) => (
          <GuidePart key={part} id={part} title={t(`label.${part}`)}>
            <p className="max-w-prose">{t(`condition.${slug}.${part}`)}</p>
          </GuidePart>
        ))}
        <GuidePart id="treatments" title={t("label.treatmentsFor")} lead={t("label.treatmentsForLead")}>
          <TreatmentList slugs={treatmentsFor(slug)} locale={locale} />
        </GuidePart>
      </div>
    </OwnWords>
  );
}
