import { useTranslations } from "next-intl";
import { formatMoment, formatWeekday } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import type { WaitingView } from "@/lib/logistics/views/waiting";

interface EndedWaitingProps {
  /** The newest entry of the case. */
  entry: WaitingView | undefined;
  zone: string;
  locale: string;
}

/** Ends after which nothing stands in the waiting's place: a booked day, or the end of a case, speaks for itself. */
const TOLD = ["patient_left", "desk_ended", "window_over", "silent"] as const;

/** That somebody waits no more, since when and why: it stays on the page until they wait again or have a day. */
export function EndedWaiting({ entry, zone, locale }: EndedWaitingProps) {
  const t = useTranslations("waiting.over");
  const cause = TOLD.find((one) => one === entry?.endCause);
  if (!entry?.endedAt || cause === undefined) return null;
  const days = { from: formatWeekday(entry.fromOn, locale), to: formatWeekday(entry.toOn, locale) };
  return (
    <Notice tone="info" title={t(cause, { when: formatMoment(new Date(entry.endedAt), zone, locale) })} live>
      <p>{t(entry.fromOn === entry.toOn ? "day" : "days", { clinic: entry.clinicName, ...days })}</p>
      <p>{t("nothing")}</p>
    </Notice>
  );
}
