import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CITY_BOX, cityLayers } from "@/components/clinics/city-layers";
import { cardMark, CARD_VALVE_BOX } from "@/components/pictures/card-valve";
import { cardLocale, cardWords } from "@/i18n/card-words";
import { publishedClinic } from "@/lib/clinics/published";
import { CARD, socialCard } from "@/lib/infra/social-card";

export const size = CARD;
export const contentType = "image/png";
export const alt = "Valvia";

/** Drawn when first asked for. */
export function generateStaticParams() {
  return [];
}
export const revalidate = 3600;

interface Props {
  params: Promise<{ locale: string; slug: string }>;
}

export default async function Image({ params }: Props) {
  const { locale: asked, slug } = await params;
  const locale = cardLocale(asked, "clinics");
  const clinic = locale === null ? null : await publishedClinic(slug, new Date());
  if (locale === null || !clinic) notFound();
  const t = await getTranslations({ locale, namespace: "clinics.clinic" });
  const { name, city, country } = clinic;
  const words = await cardWords(locale, name, t("description", { name, city }));
  const drawing = { ...CITY_BOX, layers: cityLayers(slug, city, country) };
  const png = socialCard(words, drawing, { ...CARD_VALVE_BOX, layers: cardMark() });
  return new Response(new Uint8Array(png), { headers: { "content-type": contentType } });
}
