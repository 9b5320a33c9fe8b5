import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CITY_BOX, cityLayers } from "@/components/clinics/city-layers";
import { formatCountry } from "@/components/ui/format";
import { cardMark, CARD_VALVE_BOX } from "@/components/pictures/card-valve";
import { cardLocale, cardWords } from "@/i18n/card-words";
import { isGuideCountry } from "@/lib/guides/country";
import { CARD, socialCard } from "@/lib/infra/social-card";

export const size = CARD;
export const contentType = "image/png";
export const alt = "Valvia";

/** Drawn when first asked for. */
export function generateStaticParams() {
  return [];
}

interface Props {
  params: Promise<{ locale: string; code: string }>;
}

export default async function Image({ params }: Props) {
  const { locale: asked, code: lower } = await params;
  const code = lower.toUpperCase();
  const locale = cardLocale(asked, "clinics");
  if (locale === null || !isGuideCountry(code)) notFound();
  const t = await getTranslations({ locale, namespace: "clinics.country" });
  const country = formatCountry(code, locale);
  const words = await cardWords(locale, t("title", { country }), t("description", { country }));
  const drawing = { ...CITY_BOX, layers: cityLayers(code, "", code) };
  const png = socialCard(words, drawing, { ...CARD_VALVE_BOX, layers: cardMark() });
  return new Response(new Uint8Array(png), { headers: { "content-type": contentType } });
}
