import { useLocale, useTranslations } from "next-intl";
import { MoneyRow, StatedSum } from "@/components/desk/money-row";
import { type ReturnActions, ReturnActs } from "@/components/desk/return-acts";
import { formatMoment } from "@/components/ui/format";
import { DESK_ZONE } from "@/lib/desk/clock";
import type { ReturnRow } from "@/lib/payments/read-returns";

const TONES = {
  proposed: "attention",
  approved: "info",
  sent: "good",
  refused: "danger",
  withdrawn: "danger",
} as const;

interface ReturnListProps {
  returns: readonly ReturnRow[];
  /** Who looks: nobody approves what they proposed. */
  meId: string;
  actions: ReturnActions;
}

/** Transfers on their way back: the sum, why, who proposed and approved it, and what is to be done. */
export function ReturnList({ returns, meId, actions }: ReturnListProps) {
  const t = useTranslations("transfers");
  return (
    <ul className="divide-y divide-line">
      {returns.map((one) => (
        <MoneyRow
          key={one.id}
          id={one.transferId}
          sum={
            <StatedSum
              amountMinor={one.transfer.amountMinor}
              currency={one.transfer.currency}
              tone={TONES[one.state]}
            >
              {t(`states.${one.state}`)}
            </StatedSum>
          }
          acts={
            <ReturnActs
              returnId={one.id}
              state={one.state}
              isOwn={one.proposedById === meId}
              actions={actions}
            />
          }
        >
          <p>
            <bdi>{one.transfer.reference ?? t("noReference")}</bdi>
          </p>
          <p>
            <bdi>{one.reason}</bdi>
          </p>
          <History row={one} />
        </MoneyRow>
      ))}
    </ul>
  );
}

function History({ row }: { row: ReturnRow }) {
  const t = useTranslations("transfers");
  const locale = useLocale();
  const when = (at: Date) => formatMoment(at, DESK_ZONE, locale);
  const { proposedBy, proposedAt, approvedBy, approvedAt, sentAt, bankReference, refusedReason } = row;
  const { withdrawnAt, withdrawnReason } = row;
  return (
    <div className="text-sm text-ink-soft">
      <p>{t("proposedBy", { name: proposedBy, when: when(proposedAt) })}</p>
      {approvedBy && approvedAt ? (
        <p>{t("approvedBy", { name: approvedBy, when: when(approvedAt) })}</p>
      ) : null}
      {sentAt ? <p>{t("sentOn", { when: when(sentAt), reference: bankReference ?? "–" })}</p> : null}
      {withdrawnAt ? (
        <p>{t("withdrawnFor", { when: when(withdrawnAt), reason: withdrawnReason ?? "–" })}</p>
      ) : null}
      {refusedReason ? <p>{t("refusedFor", { reason: refusedReason })}</p> : null}
    </div>
  );
}
