import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DemoBanner } from "@/components/shell/demo-banner";
import { CHINESE_FONTS, fontVariables } from "@/components/shell/fonts";

interface DocumentProps {
  locale: string;
  direction: "ltr" | "rtl";
  demo: boolean;
  children: ReactNode;
}

/** `<html>` and `<body>` of both root layouts: language, direction, fonts, the skip link and the demo banner. */
export function Document({ locale, direction, demo, children }: DocumentProps) {
  const t = useTranslations("common");
  const problem = useTranslations("problem");
  return (
    <html lang={locale} dir={direction} className={fontVariables}>
      <body
        data-density="quiet"
        data-problem-title={problem("title")}
        data-problem-body={problem("body")}
        data-problem-retry={problem("retry")}
        data-problem-reference={problem("reference")}
      >
        {locale === "zh" ? <link rel="stylesheet" href={CHINESE_FONTS} precedence="low" /> : null}
        <a className="skip" href="#main">
          {t("skip")}
        </a>
        {demo ? <DemoBanner /> : null}
        {children}
      </body>
    </html>
  );
}
