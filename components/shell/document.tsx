import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { preload } from "react-dom";
import { DemoBanner } from "@/components/shell/demo-banner";
import { CHINESE_FONTS, FIRST_FONTS } from "@/components/shell/fonts";
import { ForgetLeft } from "@/components/shell/forget-left";
import { problemWords } from "@/components/shell/state-words";
import { EarlyTyping } from "@/components/ui/early-typing";
import type { Locale } from "@/i18n/locales";
import { messagesOf } from "@/i18n/messages";

interface DocumentProps {
  locale: Locale;
  direction: "ltr" | "rtl";
  demo: boolean;
  children: ReactNode;
}

/** `<html>` and `<body>` of both root layouts: language, direction, fonts, the skip link and the demo banner. */
export function Document({ locale, direction, demo, children }: DocumentProps) {
  const t = useTranslations("common");
  for (const file of FIRST_FONTS[locale])
    preload(file, { as: "font", type: "font/woff2", crossOrigin: "anonymous" });
  return (
    <html lang={locale} dir={direction}>
      <body data-density="quiet" data-problem={JSON.stringify(problemWords(messagesOf(locale).problem))}>
        <ForgetLeft />
        {locale === "zh" ? <link rel="stylesheet" href={CHINESE_FONTS} precedence="low" /> : null}
        <a className="skip" href="#main">
          {t("skip")}
        </a>
        {demo ? <DemoBanner locale={locale} /> : null}
        {children}
        <EarlyTyping />
      </body>
    </html>
  );
}
