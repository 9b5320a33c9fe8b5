import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ChangeLines } from "@/components/bookings/change-lines";
import { ChangeMoney, type PlanToday } from "@/components/bookings/change-money";
import { formatMoment, formatMoney } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { StateTag } from "@/components/ui/tag";
import type { ChangeOrderView } from "@/lib/payments/price-change-view";

interface ChangeCardProps {
  order: ChangeOrderView;
  /** IANA name of the zone moments are told in. */
  zone: string;
  /** A patient is spoken to; staff are told of the patient. */
  reader: "patient" | "staff";
  /** What is paid and open today; absent where the reader learns nothing of it. */
  plan?: PlanToday;
  /** What can be done with it now. */
  children?: ReactNode;
}

const TONES = {
  proposed: "attention",
  accepted: "good",
  declined: "still",
  expired: "still",
  emergency_applied: "attention",
} as const;

/** One change: who proposed it and why, old and new side by side, what it does to the payments, how it was answered. */
export function ChangeCard({ order, zone, reader, plan, children }: ChangeCardProps) {
  const t = useTranslations("changeOrders");
  const locale = useLocale();
  const moment = (at: string) => formatMoment(new Date(at), zone, locale);
  const isOver = order.state === "declined" || order.state === "expired";
  const contract =
    reader === "staff"
      ? t("contract", { contract: order.contract })
      : t(order.contract === "A" ? "contractA" : "contractB");
  const facts = { name: order.author.name, when: moment(order.proposedAt) };
  return (
    <article id={`change-${order.version}`} className="scroll-mt-4 space-y-gap">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className={reader === "patient" ? "text-lg" : "text-md"}>
          {t("heading", { version: order.version, contract })}
        </h3>
        <StateTag tone={order.emergency?.provenAt ? "good" : TONES[order.state]}>
          {t(`states.${order.state}`)}
        </StateTag>
      </div>
      <div className="max-w-prose space-y-1">
        <p className="font-semibold">{t(`reasons.${order.reason}`)}</p>
        <p>
          <bdi className="whitespace-pre-line">{order.explanation}</bdi>
        </p>
        <p className="text-ink-soft">{order.emergency ? t("writtenBy", facts) : t("by", facts)}</p>
      </div>
      {order.emergency ? <Emergency order={order} moment={moment} /> : null}
      <ChangeLines order={order} locale={locale} isLarge={reader === "patient"} />
      {isOver ? null : <Ceiling order={order} reader={reader} />}
      {isOver ? null : <ChangeMoney order={order} reader={reader} plan={plan} />}
      <Answer order={order} moment={moment} reader={reader} />
      {children}
    </article>
  );
}

interface MomentProps {
  order: ChangeOrderView;
  moment: (at: string) => string;
}

function Emergency({ order, moment }: MomentProps) {
  const t = useTranslations("changeOrders.emergency");
  if (!order.emergency) return null;
  const { doctor, happenedAt, reason, provenAt } = order.emergency;
  const word = order.state === "declined" ? "refused" : "waiting";
  return (
    <Notice tone={provenAt ? "info" : "attention"} title={t("title")}>
      <p>
        <bdi>{doctor}</bdi> · {moment(happenedAt)}
      </p>
      <p>
        <bdi>{reason}</bdi>
      </p>
      <p>{provenAt ? t("proven", { when: moment(provenAt) }) : t(word)}</p>
    </Notice>
  );
}

function Ceiling({ order, reader }: Pick<ChangeCardProps, "order" | "reader">) {
  const t = useTranslations("changeOrders");
  const locale = useLocale();
  const { ceiling, to, aboveCeiling } = order;
  const sum = (amount: number) => formatMoney(BigInt(amount), ceiling.currency, locale);
  const words = { ceiling: sum(ceiling.amount), over: sum(Math.max(0, to.amount - ceiling.amount)) };
  if (reader === "staff")
    return <p className="text-ink-soft">{t(aboveCeiling ? "staffAbove" : "staffWithin", words)}</p>;
  if (aboveCeiling) return <Notice tone="attention">{t("above", words)}</Notice>;
  return to.amount > order.from.amount ? <p className="max-w-prose">{t("within", words)}</p> : null;
}

/** How it ended, or until when there is time. */
function Answer({ order, moment, reader }: MomentProps & Pick<ChangeCardProps, "reader">) {
  const t = useTranslations("changeOrders");
  const { state, answeredAt, answeredRole, typedName, declineReason, expiresAt } = order;
  if (state === "proposed" && expiresAt) {
    const words = { when: moment(expiresAt) };
    return <p>{reader === "patient" ? t("until", words) : t("staffUntil", words)}</p>;
  }
  return (
    <div className="max-w-prose space-y-1 text-ink-soft">
      {state === "accepted" && answeredAt ? (
        <p>{t("agreed", { name: typedName ?? "–", when: moment(answeredAt) })}</p>
      ) : null}
      {state === "declined" && answeredAt ? (
        <p>{t(answeredRole === "patient" ? "declinedOn" : "takenBack", { when: moment(answeredAt) })}</p>
      ) : null}
      {declineReason ? (
        <p>{t.rich("declineReason", { reason: declineReason, said: (words) => <bdi>{words}</bdi> })}</p>
      ) : null}
      {state === "declined" || state === "expired" ? <p>{t("stands")}</p> : null}
      {state === "accepted" ? (
        <p className="text-sm wrap-anywhere">
          {t("hash")}: <bdi>{order.hash}</bdi>
        </p>
      ) : null}
    </div>
  );
}
