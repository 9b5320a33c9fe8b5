import { useTranslations } from "next-intl";
import { CaseTabLinks } from "@/components/cases/case-tab-links";

/** The sections of a case, in the reader's words. */
export function CaseTabs({ base }: { base: string }) {
  const t = useTranslations("my.tabs");
  const words = {
    label: t("label"),
    overview: t("overview"),
    records: t("records"),
    clinics: t("clinics"),
    estimates: t("estimates"),
    booking: t("booking"),
    statement: t("statement"),
    messages: t("messages"),
    documents: t("documents"),
    companions: t("companions"),
    access: t("access"),
  };
  return <CaseTabLinks base={base} words={words} />;
}
