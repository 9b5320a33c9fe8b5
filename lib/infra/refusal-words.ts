import "server-only";
import { getTranslations } from "next-intl/server";
import type { Refused } from "@/lib/kernel/outcome";

/** A refusal as a sentence in the reader's language; an unknown code becomes the general one, never silence. */
export async function refusalWords(locale: string, refusal: Refused): Promise<string> {
  const t = await getTranslations({ locale, namespace: "refusals" } as Parameters<typeof getTranslations>[0]);
  const say = t as unknown as { (key: string): string; has(key: string): boolean };
  return say.has(refusal.reason) ? say(refusal.reason) : say("invalid");
}
