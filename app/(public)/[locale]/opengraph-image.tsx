import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { cardValve, CARD_VALVE_BOX } from "@/components/pictures/card-valve";
import { CARD_TYPE, cardAnswer } from "@/i18n/card-answer";
import { cardLocale } from "@/i18n/card-words";
import { LOCALES } from "@/i18n/locales";
import { CARD } from "@/lib/infra/social-card";

export const size = CARD;
export const contentType = CARD_TYPE;
export const alt = "Valvia";

export function generateStaticParams() {
  return LOCALES.map((locale) => ({ locale }));
}

interface Props {
  params: Promise<{ locale: string }>;
}

export default async function Image({ params }: Props) {
  const locale = cardLocale((await params).locale, "home");
  if (locale === null) notFound();
  const t = await getTranslations({ locale, namespace: "home" });
  return cardAnswer({
    locale,
    title: t("hero.title"),
    lead: t("description"),
    drawing: { ...CARD_VALVE_BOX, layers: cardValve() },
  });
}
