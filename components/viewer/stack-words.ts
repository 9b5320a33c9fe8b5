"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatDay } from "@/components/ui/format";
import { imagesIn, type Stack, type StackGroup } from "@/lib/records/stack";

export interface StackWords {
  /** "4 May 2026 · Heart · CT". */
  group: (group: StackGroup) => string;
  /** "Root 0.75 mm". */
  name: (stack: Stack) => string;
  /** "120 images". */
  count: (stack: Stack) => string;
}

/** How examinations and stacks are called. What files say is kept apart from our own words, whichever way it runs. */
export function useStackWords(): StackWords {
  const t = useTranslations("viewer");
  const locale = useLocale();
  return {
    group: ({ study, examOn, title, modalities }) => {
      if (study === null) return t("papers");
      const when = examOn === null ? t("dayUnknown") : formatDay(examOn, locale);
      return [when, title, modalities.join(", ")].flatMap((one) => (one ? apart(one) : [])).join(" · ");
    },
    name: (stack) => apart(stack.title ?? stack.files[0]?.name ?? ""),
    count: (stack) => {
      if (stack.kind === "curves" || stack.kind === "video") return t(`kinds.${stack.kind}`);
      return t(stack.kind === "pages" ? "pages" : "images", { count: imagesIn(stack) });
    },
  };
}

/** First strong isolate and its end: for places that take no elements. */
function apart(text: string): string {
  return `\u2068${text}\u2069`;
}
