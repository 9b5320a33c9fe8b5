import "server-only";
import { getTranslations } from "next-intl/server";
import type { Refused } from "@/lib/kernel/outcome";

/** What a form knows a refusal by; `way` in its facts says that this one is mended in another way than usual. */
export function refusalCode({ reason, detail }: Refused): string {
  return typeof detail.way === "string" ? `${reason}_by_${detail.way}` : reason;
}

/** A refusal as a sentence in the reader's language; an unknown code becomes the general one, never silence. */
export async function refusalWords(locale: string, refusal: Refused): Promise<string> {
  const t = await getTranslations({ locale, namespace: "refusals" } as Parameters<typeof getTranslations>[0]);
  const say = t as unknown as { (key: string): string; has(key: string): boolean };
  const code = refusalCode(refusal);
  return say.has(code) ? say(code) : say("invalid");
}
