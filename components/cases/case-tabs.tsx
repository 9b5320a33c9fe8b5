import { useTranslations } from "next-intl";
import { CaseTabLinks } from "@/components/cases/case-tab-links";
import { UnreadMark } from "@/components/messages/unread-mark";
import type { CaseRights } from "@/lib/cases/invitation";

interface CaseTabsProps {
  base: string;
  rights: CaseRights;
  /** Messages the reader has not read. */
  unread: number;
}

/** The sections of a case this reader may open, in their words. */
export function CaseTabs({ base, rights, unread }: CaseTabsProps) {
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
    pocket: t("pocket"),
    companions: t("companions"),
    access: t("access"),
  };
  const closed = [
    ...(rights.seeMoney ? [] : (["estimates", "booking", "statement", "pocket"] as const)),
    ...(rights.decide ? [] : (["companions"] as const)),
  ];
  return (
    <CaseTabLinks
      base={base}
      words={words}
      closed={closed}
      unread={unread === 0 ? null : <UnreadMark count={unread} />}
    />
  );
}
