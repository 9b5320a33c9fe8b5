import { useLocale, useTranslations } from "next-intl";
import { formatList } from "@/components/ui/format";
import type { CaseRights } from "@/lib/cases/invitation";

/** Tells somebody who helps what they may do here, and that everything else is the patient's. */
export function CompanionRights({ rights }: { rights: CaseRights }) {
  const t = useTranslations("companions.helping");
  const allowed = (["read", "upload", "write", "pay"] as const).filter((act) => rights[act]);
  return (
    <p className="mb-gap rounded-md border border-line bg-card px-gap-m py-gap">
      {t("may", {
        acts: formatList(
          allowed.map((act) => t(act)),
          useLocale(),
        ),
      })}{" "}
      {t("rest")}
    </p>
  );
}
