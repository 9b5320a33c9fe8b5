import { useLocale, useTranslations } from "next-intl";
import { formatDay } from "@/components/ui/format";
import type { RecordView } from "@/lib/records/views";

/** One thing the check saw; what a coordinator has looked at since says so, with its day. */
export function FindingWords({ finding }: { finding: RecordView["findings"][number] }) {
  const t = useTranslations("records");
  const locale = useLocale();
  if (finding.clearedOn === null) return finding.sentence;
  return `${finding.sentence} ${t("clearedOn", { day: formatDay(finding.clearedOn, locale) })}`;
}
