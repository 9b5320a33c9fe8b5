import { useLocale, useTranslations } from "next-intl";
import { formatMoment } from "@/components/ui/format";
import { StateTag } from "@/components/ui/tag";
import type { CallView } from "@/lib/messages/views";

interface CallListProps {
  calls: readonly CallView[];
  /** IANA name of the reader's zone. */
  zone: string;
}

const TONES = { asked: "attention", reached: "good", not_reached: "info" } as const;

/** The calls of a case, newest first: who asked, who rang, what came of it. */
export function CallList({ calls, zone }: CallListProps) {
  const t = useTranslations("calls");
  const locale = useLocale();
  if (calls.length === 0) return <p className="text-ink-soft">{t("none")}</p>;
  return (
    <ul className="divide-y divide-line">
      {calls.map((call) => (
        <li key={call.id} className="space-y-1 py-gap">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <StateTag tone={TONES[call.state]}>{t(`state.${call.state}`)}</StateTag>
            <time dateTime={call.madeAt ?? call.at}>
              {formatMoment(new Date(call.madeAt ?? call.at), zone, locale)}
            </time>
            {call.phone === "" ? null : (
              <a className="link" href={`tel:${call.phone.replaceAll(/[^+0-9]/g, "")}`}>
                <bdi dir="ltr">{call.phone}</bdi>
              </a>
            )}
          </p>
          <p className="text-sm text-ink-soft">
            {[
              call.askedBy === null ? null : t("byPatient", { name: call.askedBy }),
              call.madeBy === null ? null : t("byDesk", { name: call.madeBy }),
            ]
              .filter((part) => part !== null)
              .join(" · ")}
          </p>
          {call.wish === null ? null : (
            <p dir="auto" className="wrap-anywhere">
              {call.wish}
            </p>
          )}
          {call.note === null ? null : (
            <p
              dir="auto"
              className="border-s-2 border-line ps-3 wrap-anywhere whitespace-pre-line [unicode-bidi:plaintext]"
            >
              {call.note}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
