import "server-only";

import { cardMark, CARD_VALVE_BOX } from "@/components/pictures/card-valve";
import { cardWords } from "@/i18n/card-words";
import type { Locale } from "@/i18n/locales";
import { socialCard } from "@/lib/infra/social-card";

export const CARD_TYPE = "image/png";

type Drawing = Parameters<typeof socialCard>[1];

/** What is particular to one card. */
export interface CardSubject {
  locale: Locale;
  title: string;
  lead: string;
  drawing: Drawing;
}

/** The card of a page as a picture: its words, its drawing, and the mark. */
export async function cardAnswer({ locale, title, lead, drawing }: CardSubject): Promise<Response> {
  const words = await cardWords(locale, title, lead);
  const png = socialCard(words, drawing, { ...CARD_VALVE_BOX, layers: cardMark() });
  return new Response(new Uint8Array(png), { headers: { "content-type": CARD_TYPE } });
}
