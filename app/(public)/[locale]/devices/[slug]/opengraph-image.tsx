import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { HEART_BOX, heartLayers } from "@/components/pictures/heart-shapes";
import { CARD_TYPE, cardAnswer } from "@/i18n/card-answer";
import { cardLocale } from "@/i18n/card-words";
import { deviceFacts, isDevice } from "@/lib/guides/device";
import { treatmentFacts } from "@/lib/guides/treatment";
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
  if (locale === null || !isDevice(slug)) notFound();
  const t = await getTranslations({ locale, namespace: "guides" });
  const device = deviceFacts(slug);
  const valves = device.treatments.flatMap((treatment) => treatmentFacts(treatment).valves);
  return cardAnswer({
    locale,
    title: device.name,
    lead: t(`device.${slug}.how`),
    drawing: { ...HEART_BOX, layers: heartLayers(valves[0]) },
  });
}
