import { useTranslations } from "next-intl";
import type { Locale } from "@/i18n/locales";

/** On every page of a demo. Nobody may take these clinics for real ones, on paper neither. No mail leaves it: here they are. */
export function DemoBanner({ locale }: { locale: Locale }) {
  const t = useTranslations("common");
  return (
    <p className="border-b border-attention/30 bg-attention-tint px-4 py-1 text-center text-sm text-attention">
      {t("demo")}{" "}
      <a
        href={`/${locale}/mailbox`}
        className="no-print inline-block whitespace-nowrap underline underline-offset-2"
      >
        {t("demoMails")}
      </a>
    </p>
  );
}
