import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { HEART_BOX, heartLayers } from "@/components/pictures/heart-shapes";
import { CARD_TYPE, cardAnswer } from "@/i18n/card-answer";
import { cardLocale } from "@/i18n/card-words";
import { isTreatment, treatmentFacts } from "@/lib/guides/treatment";
import { CARD } from "@/lib/infra/social-card";

export const size = CARD;
export const contentType = CARD_TYPE;
export const alt = "Valvia";

/** Drawn when first asked for. */
export function generateStaticParams() {
  return [];
}

interface Props {
  params: Promise<{ locale: string; slug: string }>;
}

export default async function Image({ params }: Props) {
  const { locale: asked, slug } = await params;
  const locale = cardLocale(asked, "guides");
  if (locale === null || !isTreatment(slug)) notFound();
  const t = await getTranslations({ locale, namespace: "guides" });
  const names = await getTranslations({ locale, namespace: "treatments" });
  const { valves } = treatmentFacts(slug);
  return cardAnswer({
    locale,
    title: names(slug),
    lead: t(`treatment.${slug}.lead`),
    drawing: { ...HEART_BOX, layers: heartLayers(valves.length === 1 ? valves[0] : undefined) },
  });
}
