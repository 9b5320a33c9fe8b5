import { useLocale, useTranslations } from "next-intl";
import type { CodeWords } from "@/components/people/until-codes";

/** The words around recovery codes, and the way back to the page they belong to. */
export function useCodeWords(): CodeWords {
  const t = useTranslations("secondFactor.codes");
  const href = `/${useLocale()}/account/second-factor`;
  return { title: t("title"), lead: t("lead"), copy: t("copy"), done: { href, label: t("kept") } };
}
