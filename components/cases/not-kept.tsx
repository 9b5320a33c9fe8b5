import { useLocale, useTranslations } from "next-intl";
import { formatList } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { VALUE_CODES } from "@/lib/cases/feeling";

/** What somebody typed before breaking off and what could not be read, by the names of its fields. */
export function NotKept({ fields }: { fields: readonly string[] }) {
  const t = useTranslations("intake");
  const locale = useLocale();
  const labels: Record<string, string> = {
    ...Object.fromEntries(VALUE_CODES.map((code) => [`values.${code}`, t(`feeling.value.${code}`)])),
    birthOn: t("check.day"),
    problem: t("check.problem"),
    "contact.name": t("patient.name"),
    "contact.country": t("patient.country"),
    "contact.email": t("reach.email"),
    "contact.phone": t("reach.phone"),
  };
  const names = fields.flatMap((field) => labels[field] ?? []);
  if (names.length === 0) return null;
  return (
    <div className="mb-gap-m">
      <Notice tone="attention">{t("later.left", { names: formatList(names, locale) })}</Notice>
    </div>
  );
}
