import { useTranslations } from "next-intl";
import { RadioGroup } from "@/components/ui/choices";
import { IDENTITY_CHECKS } from "@/lib/people/forms";

/** How an administrator made sure who asks for the removal of factors: one of a few, none chosen beforehand. */
export function IdentityCheck() {
  const t = useTranslations("staff.sure");
  return (
    <RadioGroup
      name="reason"
      legend={t("legend")}
      required
      options={IDENTITY_CHECKS.map((value) => ({ value, label: t(value) }))}
    />
  );
}
