import { useLocale, useTranslations } from "next-intl";
import { formatAge, formatDay } from "@/components/ui/format";
import { isAsked, isLooked } from "@/lib/records/finding";
import type { RecordView } from "@/lib/records/views/record";

interface FindingWordsProps {
  finding: RecordView["findings"][number];
  /** A coordinator has looked at the file: nobody is announced to look any more. */
  isAccepted: boolean;
}

/** One thing the check saw; what a coordinator has looked at since says so, with its day. */
export function FindingWords({ finding, isAccepted }: FindingWordsProps) {
  const t = useTranslations("records");
  const locale = useLocale();
  const { code, clearedOn } = finding;
  if (clearedOn !== null && isAsked(code))
    return `${t(`cleared.${code}`)} ${t("clearedOn", { day: formatDay(clearedOn, locale) })}`;
  if (isAccepted && isLooked(code)) return t(`cleared.${code}`);
  const facts = { ...finding.facts, ...agesOf(finding.facts, locale), ...namesOf(finding.facts) };
  const sentence = t(`findings.${code}`, facts);
  return clearedOn === null
    ? sentence
    : `${sentence} ${t("clearedOn", { day: formatDay(clearedOn, locale) })}`;
}

/** Names out of a file keep their own direction, whatever the sentence's; older findings tell none. */
function namesOf({ names = "…" }: Readonly<Record<string, string | number>>): { names: string } {
  return { names: `\u2068${names}\u2069` };
}

/** Ages are kept in days and said as a person says them. */
function agesOf(
  { ageDays, maxAgeDays }: Readonly<Record<string, string | number>>,
  locale: string,
): Record<string, string> {
  return {
    ...(typeof ageDays === "number" ? { age: formatAge(ageDays, locale) } : {}),
    ...(typeof maxAgeDays === "number" ? { maxAge: formatAge(maxAgeDays, locale) } : {}),
  };
}
