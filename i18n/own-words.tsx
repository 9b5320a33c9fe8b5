import "server-only";

import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { hasOwnWords } from "@/i18n/messages";
import type { Catalogue } from "@/i18n/catalogue";

/**
 * Around a page whose words may not be translated yet. English then stands in English reading order, marked as
 * such for screen readers, with a sentence in the reader's language above it.
 */
export async function OwnWords({ of, children }: { of: keyof Catalogue; children: ReactNode }) {
  const locale = await getLocale();
  if (hasOwnWords(locale, of)) return children;
  const t = await getTranslations("common.english");
  return (
    <>
      <p className="mb-gap-m border-s-4 border-attention bg-attention-tint p-4 text-base">{t("notice")}</p>
      <div lang="en" dir="ltr">
        {children}
      </div>
    </>
  );
}
