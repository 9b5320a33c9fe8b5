import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { cardMark, cardValve, CARD_VALVE_BOX } from "@/components/pictures/card-valve";
import { cardLocale, cardWords } from "@/i18n/card-words";
import { LOCALES } from "@/i18n/locales";
import { CARD, socialCard } from "@/lib/infra/social-card";

export const size = CARD;
export const contentType = "image/png";
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
  const words = await cardWords(locale, t("hero.title"), t("description"));
  const png = socialCard(
    words,
    { ...CARD_VALVE_BOX, layers: cardValve() },
    { ...CARD_VALVE_BOX, layers: cardMark() },
  );
  return new Response(new Uint8Array(png), { headers: { "content-type": contentType } });
}
