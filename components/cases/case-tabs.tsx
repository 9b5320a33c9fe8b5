import { useTranslations } from "next-intl";
import { CaseTabLinks } from "@/components/cases/case-tab-links";
import type { CaseRights } from "@/lib/cases/invitation";

/** The sections of a case this reader may open, in their words. */
export function CaseTabs({ base, rights }: { base: string; rights: CaseRights }) {
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
  const closed = [
    ...(rights.seeMoney ? [] : (["estimates", "booking", "statement"] as const)),
    ...(rights.decide ? [] : (["companions"] as const)),
  ];
  return <CaseTabLinks base={base} words={words} closed={closed} />;
}
