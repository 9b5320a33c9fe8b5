import { formatMoment } from "@/components/ui/format";

/** The time of day of a moment, with its zone: "10:00 CEST". `zone` is an IANA name. */
export function savedTime(at: Date, zone: string, locale: string): string {
  // A moment ends in its time; its day is today and need not be said.
  const [, time = ""] = /(\d{1,2}:\d{2}.*)$/.exec(formatMoment(at, zone, locale)) ?? [];
  return time;
}
