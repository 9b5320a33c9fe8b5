import { useLocale, useTranslations } from "next-intl";
import { MoneyRow, StatedSum } from "@/components/desk/money-row";
import { type RefundActions, RefundActs } from "@/components/desk/refund-acts";
import { RefundSums } from "@/components/desk/refund-sums";
import { formatMoment } from "@/components/ui/format";
import { StateTag } from "@/components/ui/tag";
import { DESK_ZONE } from "@/lib/desk/clock";
import type { RefundToHandle } from "@/lib/desk/queries/money";

interface RefundTableProps {
  refunds: readonly RefundToHandle[];
  /** Who looks: nobody approves what they proposed. */
  meId: string;
  actions: RefundActions;
}

/** Refunds that wait for a second person; apart from them those that were approved and are on their way. */
export function RefundTable({ refunds, lead, meId, actions }: RefundTableProps & { lead?: string }) {
  const t = useTranslations("desk.money");
  const isApproved = ({ state }: RefundToHandle) => state === "approved" || state === "sent";
  const toApprove = refunds.filter((refund) => !isApproved(refund));
  const underWay = refunds.filter(isApproved);
  return (
    <>
      <section aria-labelledby="refunds" className="space-y-1">
        <h2 id="refunds" className="text-md">
          {t("refunds")}
        </h2>
        {lead === undefined ? null : <p className="max-w-prose text-ink-soft">{lead}</p>}
        {toApprove.length === 0 ? <p className="text-ink-soft">{t("refundsNone")}</p> : null}
        <Refunds refunds={toApprove} meId={meId} actions={actions} />
      </section>
      {underWay.length === 0 ? null : (
        <section aria-labelledby="under-way" className="space-y-1">
          <h2 id="under-way" className="text-md">
            {t("refundsUnderWay")}
          </h2>
          <Refunds refunds={underWay} meId={meId} actions={actions} />
        </section>
      )}
    </>
  );
}

const TONES = { calculated: "attention", failed: "danger", approved: "info", sent: "info" } as const;

function Refunds({ refunds, meId, actions }: RefundTableProps) {
  const t = useTranslations("desk.money");
  const causes = useTranslations("desk.causes");
  const locale = useLocale();
  return (
    <ul className="divide-y divide-line">
      {refunds.map((refund) => (
        <MoneyRow
          key={refund.id}
          sum={
            <StatedSum
              amountMinor={refund.amountMinor}
              currency={refund.currency}
              tone={TONES[refund.state as keyof typeof TONES]}
            >
              {t(`refundStates.${refund.state as "calculated"}`)}
            </StatedSum>
          }
          acts={<RefundActs refund={refund} meId={meId} actions={actions} />}
        >
          <bdi>{refund.bookingNumber}</bdi>
          {refund.caseNumber ? (
            <>
              {" "}
              · <bdi>{refund.caseNumber}</bdi>
            </>
          ) : null}{" "}
          · {causes.has(refund.cause as "death") ? causes(refund.cause as "death") : refund.cause}
          <span className="block text-sm text-ink-soft">
            {t("proposed", {
              name: refund.proposedBy ?? t("portal"),
              when: formatMoment(refund.createdAt, DESK_ZONE, locale),
            })}
          </span>
          {refund.proof && refund.state === "calculated" ? (
            <span className="block">
              <StateTag tone="attention">{t(`proof.${refund.proof}`)}</StateTag>{" "}
              <span className="text-sm text-ink-soft">
                {refund.owner ? t("askOwner", { name: refund.owner }) : t("askDesk")}
              </span>
            </span>
          ) : null}
          <RefundSums refund={refund} />
        </MoneyRow>
      ))}
    </ul>
  );
}
