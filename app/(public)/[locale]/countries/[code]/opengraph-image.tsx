import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CITY_BOX, cityLayers } from "@/components/clinics/city-layers";
import { formatCountry } from "@/components/ui/format";
import { CARD_TYPE, cardAnswer } from "@/i18n/card-answer";
import { cardLocale } from "@/i18n/card-words";
import { isGuideCountry } from "@/lib/guides/country";
import { CARD } from "@/lib/infra/social-card";

export const size = CARD;
export const contentType = CARD_TYPE;
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
  return cardAnswer({
    locale,
    title: t("title", { country }),
    lead: t("description", { country }),
    drawing: { ...CITY_BOX, layers: cityLayers(code, "", code) },
  });
}
