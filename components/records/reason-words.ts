import type { useTranslations } from "next-intl";
import { REJECT_REASONS } from "@/lib/records/record";

/** Why a line of the checklist stands as it does: a reason of the list in the reader's words, else somebody's own. */
export function reasonWords(words: ReturnType<typeof useTranslations<"records">>, reason: string): string {
  const known = REJECT_REASONS.find((one) => one === reason);
  return known ? words(`reasons.${known}`) : reason;
}
