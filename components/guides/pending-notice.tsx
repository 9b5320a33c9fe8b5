import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";

/** Stands on every page with medical content until a clinician has signed it. */
export function PendingNotice() {
  const t = useTranslations("guides.pending");
  return (
    <Notice tone="attention" title={t("title")}>
      <p className="max-w-prose">{t("body")}</p>
    </Notice>
  );
}
