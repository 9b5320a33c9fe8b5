import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LanguageMenu } from "@/components/shell/language-menu";
import { PatientShell } from "@/components/shell/patient-shell";
import { LANGUAGE_NAMES, LOCALES } from "@/i18n/locales";
import { OPERATOR } from "@/lib/guides/operator";

/** The quiet frame before anybody has signed in: languages, "I feel worse" and a person to call. */
export function VisitorShell({ children }: { children: ReactNode }) {
  const locale = useLocale();
  const t = useTranslations("common");
  const languages = LOCALES.map((each) => ({ locale: each, name: LANGUAGE_NAMES[each] }));
  return (
    <PatientShell
      locale={locale}
      phone={OPERATOR.phone}
      nav={[]}
      languages={<LanguageMenu compact label={t("language")} languages={languages} current={locale} />}
    >
      {children}
    </PatientShell>
  );
}
