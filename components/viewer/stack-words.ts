"use client";

import { useLocale, useTranslations } from "next-intl";
import { imagesIn, type Stack, type StackGroup } from "@/lib/records/stack";

export interface StackWords {
  /** "4 May 2026 · Heart · CT". */
  group: (group: StackGroup) => string;
  /** "Root 0.75 mm · 120 images". */
  stack: (stack: Stack) => string;
}

/** How examinations and stacks are called. */
export function useStackWords(): StackWords {
  const t = useTranslations("viewer");
  const locale = useLocale();
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  return {
    group: ({ study, examOn, title, modalities }) => {
      if (study === null) return t("papers");
      const when = examOn === null ? t("dayUnknown") : day.format(new Date(`${examOn}T00:00:00Z`));
      return [when, title, modalities.join(", ")].filter(Boolean).join(" · ");
    },
    stack: (stack) => {
      const name = stack.title ?? stack.files[0]?.name ?? "";
      const count = imagesIn(stack);
      if (stack.kind === "curves") return `${name} · ${t("kinds.curves")}`;
      if (stack.kind === "video") return `${name} · ${t("kinds.video")}`;
      return `${name} · ${t(stack.kind === "pages" ? "pages" : "images", { count })}`;
    },
  };
}
