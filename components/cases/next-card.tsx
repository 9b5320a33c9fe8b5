import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { formatMoment } from "@/components/ui/format";
import type { CaseLineView } from "@/lib/cases/views";

interface NextCardProps {
  view: CaseLineView;
  now: Date;
  locale: string;
  /** IANA name of the reader's zone. */
  zone: string;
  /** The act that helps now, if it is the reader's turn. */
  act?: ReactNode;
}

/** Who acts next and by when, in sentences: whether it is the reader's turn stands first. */
export function NextCard({ view, now, locale, zone, act }: NextCardProps) {
  const t = useTranslations("my.next");
  const actions = useTranslations("actions");
  if (view.waitingOn === "nobody" || view.nextDueAt === null) return act ? <div>{act}</div> : null;
  const code = (view.nextAction ?? "other") as "other";
  const action = actions.has(code) ? actions(code) : actions("other");
  const isYours = view.waitingOn === "patient";
  const dueAt = new Date(view.nextDueAt);
  const when = formatMoment(dueAt, zone, locale);
  const late = isYours ? t("yourLate", { when }) : t("late", { when });
  return (
    <Card className={isYours ? "border-s-4 border-s-primary" : ""}>
      <p className="text-lg font-semibold">{isYours ? t("yours") : t("others")}</p>
      <p>{isYours ? t("youDo", { action }) : t("theyDo", { action })}</p>
      <p className={dueAt < now ? "text-attention" : "text-ink-soft"}>
        {dueAt < now ? late : t("by", { when })}
      </p>
      {view.onHold ? (
        <p className="text-ink-soft">
          {t("hold", { until: formatMoment(new Date(view.onHold.until), zone, locale) })}
        </p>
      ) : null}
      {act ? <div className="pt-2 [&_.button]:w-full sm:[&_.button]:w-auto">{act}</div> : null}
    </Card>
  );
}
