import { useLocale, useTranslations } from "next-intl";
import { MoneyRow, StatedSum } from "@/components/desk/money-row";
import { formatMoment } from "@/components/ui/format";
import { DESK_ZONE } from "@/lib/desk/clock";
import { disputeReason } from "@/lib/payments/dispute";
import type { DisputeRow } from "@/lib/payments/read-disputes";

export const DISPUTE_TONES = {
  needs_answer: "attention",
  answered: "info",
  won: "good",
  lost: "danger",
} as const;

interface DisputeListProps {
  disputes: readonly DisputeRow[];
  now: Date;
  /** The address of a dispute at the provider; null where it has no pages. */
  pageOf: (id: string) => string | null;
}

/** What payers' banks ask for: the sum, why, until when, and what is to be done or has come of it. */
export function DisputeList({ disputes, now, pageOf }: DisputeListProps) {
  const t = useTranslations("disputes");
  return (
    <ul className="divide-y divide-line">
      {disputes.map((one) => (
        <MoneyRow
          key={one.id}
          id={one.id}
          sum={
            <StatedSum
              amountMinor={one.amountMinor}
              currency={one.currency}
              tone={one.state === "needs_answer" && isLate(one, now) ? "danger" : DISPUTE_TONES[one.state]}
            >
              {t(`states.${one.state}`)}
            </StatedSum>
          }
          acts={one.state === "needs_answer" ? <Answer id={one.id} address={pageOf(one.id)} /> : null}
        >
          <p>
            {one.number ? <bdi>{one.number}</bdi> : <bdi>{one.id}</bdi>}
            {one.owner ? <span className="text-ink-soft"> · {t("owner", { name: one.owner })}</span> : null}
          </p>
          <p className="max-w-prose">{t(`reasons.${disputeReason(one.reason)}`)}</p>
          <Until dispute={one} now={now} />
          <p className="max-w-prose text-sm text-ink-soft">{t(adviceFor(one))}</p>
        </MoneyRow>
      ))}
    </ul>
  );
}

const isLate = ({ answerBy }: DisputeRow, now: Date) => answerBy !== null && answerBy <= now;

const ADVICE = { answered: "answeredAdvice", won: "wonAdvice", lost: "lostAdvice" } as const;

function adviceFor({ state, reason }: DisputeRow) {
  return state === "needs_answer" ? (`advice.${disputeReason(reason)}` as const) : ADVICE[state];
}

function Until({ dispute, now }: { dispute: DisputeRow; now: Date }) {
  const t = useTranslations("disputes");
  const locale = useLocale();
  const when = (at: Date) => formatMoment(at, DESK_ZONE, locale);
  const { openedAt, answerBy, endedAt } = dispute;
  return (
    <p className="text-sm text-ink-soft">
      {t("openedAt", { when: when(openedAt) })}
      {endedAt ? ` · ${t("endedAt", { when: when(endedAt) })}` : null}
      {dispute.state === "needs_answer" && answerBy
        ? ` · ${t(isLate(dispute, now) ? "answerWasDue" : "answerBy", { when: when(answerBy) })}`
        : null}
    </p>
  );
}

/** The bank reads an answer only through the provider. */
function Answer({ id, address }: { id: string; address: string | null }) {
  const t = useTranslations("disputes");
  return (
    <div className="space-y-1 text-sm">
      {address ? (
        <a href={address} className="link" target="_blank" rel="noreferrer">
          {t("answer")}
        </a>
      ) : (
        <p>{t("answerThere")}</p>
      )}
      <p className="break-all text-ink-soft">
        <bdi>{id}</bdi>
      </p>
    </div>
  );
}
