import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LanguageMenu } from "@/components/shell/language-menu";
import { PatientShell } from "@/components/shell/patient-shell";
import { OwnWords } from "@/i18n/own-words";
import { LANGUAGE_NAMES, LOCALES } from "@/i18n/locales";
import { OPERATOR } from "@/lib/guides/operator";

export default async function JobLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale();
  const t = await getTranslations("common");
  const languages = LOCALES.map((each) => ({ locale: each, name: LANGUAGE_NAMES[each] }));
  return (
    <PatientShell
      locale={locale}
      phone={OPERATOR.phone}
      nav={[]}
      languages={<LanguageMenu compact label={t("language")} languages={languages} current={locale} />}
    >
      <div className="mx-auto max-w-prose">
        <OwnWords of="job">{children}</OwnWords>
      </div>
    </PatientShell>
  );
}
