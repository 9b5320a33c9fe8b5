import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CITY_BOX, cityLayers } from "@/components/clinics/city-layers";
import { CARD_TYPE, cardAnswer } from "@/i18n/card-answer";
import { cardLocale } from "@/i18n/card-words";
import { publishedClinic } from "@/lib/clinics/published";
import { CARD } from "@/lib/infra/social-card";

export const size = CARD;
export const contentType = CARD_TYPE;
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
  return cardAnswer({
    locale,
    title: name,
    lead: t("description", { name, city }),
    drawing: { ...CITY_BOX, layers: cityLayers(slug, city, country) },
  });
}
