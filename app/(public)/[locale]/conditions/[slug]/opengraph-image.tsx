import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { HEART_BOX, heartLayers } from "@/components/pictures/heart-shapes";
import { valveOf } from "@/components/pictures/condition-pictures";
import { cardMark, CARD_VALVE_BOX } from "@/components/pictures/card-valve";
import { cardLocale, cardWords } from "@/i18n/card-words";
import { isCondition } from "@/lib/guides/condition";
import { CARD, socialCard } from "@/lib/infra/social-card";

export const size = CARD;
export const contentType = "image/png";
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
  if (locale === null || !isCondition(slug)) notFound();
  const t = await getTranslations({ locale, namespace: "guides" });
  const words = await cardWords(locale, t(`condition.${slug}.name`), t(`condition.${slug}.lead`));
  const drawing = { ...HEART_BOX, layers: heartLayers(valveOf(slug)) };
  const png = socialCard(words, drawing, { ...CARD_VALVE_BOX, layers: cardMark() });
  return new Response(new Uint8Array(png), { headers: { "content-type": contentType } });
}
