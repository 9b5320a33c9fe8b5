import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { formatDay, formatMoment, formatMoney } from "@/components/ui/format";
import type { CaseLineView } from "@/lib/cases/views";
import type { DuePayment } from "@/lib/payments/read-due-payments";

interface NextCardProps {
  view: CaseLineView;
  /** What the reader is to pay now: it comes before everything else of the case. */
  due: DuePayment | undefined;
  /** Above it stands something else that waits for the reader. */
  isBesides: boolean;
  now: Date;
  locale: string;
  /** IANA name of the reader's zone. */
  zone: string;
  /** The act that helps now, if it is the reader's turn. */
  act?: ReactNode;
}

/** Who acts next and by when, in sentences: whether it is the reader's turn stands first. */
export function NextCard({ view, due, isBesides, now, locale, zone, act }: NextCardProps) {
  const t = useTranslations("my.next");
  const actions = useTranslations("actions");
  if (view.waitingOn === "nobody" || view.nextDueAt === null) return act ? <div>{act}</div> : null;
  const code = (view.nextAction ?? "other") as "other";
  const action = actions.has(code) ? actions(code) : actions("other");
  const isYours = view.waitingOn === "patient" || due !== undefined;
  return (
    <Card className={isYours ? "border-s-4 border-s-primary" : ""}>
      <p className="text-lg font-semibold">{t(isYours ? "yours" : isBesides ? "othersBesides" : "others")}</p>
      {due ? (
        <>
          <PayLine due={due} locale={locale} />
          <p className="text-ink-soft">{t("besides", { action })}</p>
        </>
      ) : (
        <>
          <p>{isYours ? t("youDo", { action }) : t("theyDo", { action })}</p>
          <Until dueAt={new Date(view.nextDueAt)} isYours={isYours} now={now} locale={locale} zone={zone} />
        </>
      )}
      {view.onHold ? (
        <p className="text-ink-soft">
          {t("hold", { until: formatMoment(new Date(view.onHold.until), zone, locale) })}
        </p>
      ) : null}
      {act ? <div className="pt-2 [&_.button]:w-full sm:[&_.button]:w-auto">{act}</div> : null}
    </Card>
  );
}

function PayLine({ due, locale }: { due: DuePayment; locale: string }) {
  const t = useTranslations("my.next");
  const sum = ({ amount, currency }: DuePayment["open"]) => formatMoney(BigInt(amount), currency, locale);
  const open = { ...due.open, amount: due.open.amount - (due.again?.amount ?? 0) };
  const words = { amount: sum(open), day: due.dueOn ? formatDay(due.dueOn, locale) : "" };
  return (
    <>
      {due.again ? <p className="text-attention">{t("payAgain", { amount: sum(due.again) })}</p> : null}
      {due.dueOn === null ? null : due.isLate ? (
        <p className="text-attention">{t("payLate", words)}</p>
      ) : (
        <p>{t("pay", words)}</p>
      )}
    </>
  );
}

interface UntilProps {
  dueAt: Date;
  isYours: boolean;
  now: Date;
  locale: string;
  zone: string;
}

function Until({ dueAt, isYours, now, locale, zone }: UntilProps) {
  const t = useTranslations("my.next");
  const when = formatMoment(dueAt, zone, locale);
  if (dueAt >= now) return <p className="text-ink-soft">{t("by", { when })}</p>;
  return <p className="text-attention">{isYours ? t("yourLate", { when }) : t("late", { when })}</p>;
}
