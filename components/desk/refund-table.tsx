import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import type { FormAction } from "@/components/ui/form-state";
import { formatMoment, formatMoney } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import { StateTag } from "@/components/ui/tag";
import { DESK_ZONE } from "@/lib/desk/clock";
import type { RefundToHandle } from "@/lib/desk/queries/money";

interface RefundTableProps {
  refunds: readonly RefundToHandle[];
  /** Who looks: nobody approves what they proposed. */
  meId: string;
  approve: FormAction;
  settle: FormAction;
}

/** Refunds that wait for a second person, or for a transfer through the bank. */
export function RefundTable({ refunds, meId, approve, settle }: RefundTableProps) {
  const t = useTranslations("desk.money");
  const causes = useTranslations("desk.causes");
  const locale = useLocale();
  return (
    <section aria-labelledby="refunds" className="space-y-1">
      <h2 id="refunds" className="text-md">
        {t("refunds")}
      </h2>
      {refunds.length === 0 ? <p className="text-ink-soft">{t("refundsNone")}</p> : null}
      <ul className="divide-y divide-line">
        {refunds.map((refund) => (
          <li key={refund.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-gap">
            <span className="font-semibold">
              <bdi>{formatMoney(refund.amountMinor, refund.currency, locale)}</bdi>
            </span>
            <StateTag tone={refund.state === "failed" ? "danger" : "attention"}>
              {t(`refundStates.${refund.state as "calculated"}`)}
            </StateTag>
            <span className="min-w-0 flex-1 basis-64">
              <bdi>{refund.bookingNumber}</bdi> ·{" "}
              {causes.has(refund.cause as "death") ? causes(refund.cause as "death") : refund.cause}
              <span className="block text-sm text-ink-soft">
                {t("proposed", {
                  name: refund.proposedBy ?? t("portal"),
                  when: formatMoment(refund.createdAt, DESK_ZONE, locale),
                })}
              </span>
            </span>
            <RefundAct refund={refund} meId={meId} approve={approve} settle={settle} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function RefundAct({
  refund,
  meId,
  approve,
  settle,
}: Omit<RefundTableProps, "refunds"> & { refund: RefundToHandle }) {
  const t = useTranslations("desk.money");
  const byBank = (
    <ActionForm action={settle}>
      <input type="hidden" name="refundId" value={refund.id} />
      <SubmitButton look="quiet">{t("settle")}</SubmitButton>
    </ActionForm>
  );
  if (refund.state === "approved" || refund.state === "sent") {
    return refund.method === "card" ? <span className="text-sm text-ink-soft">{t("onItsWay")}</span> : byBank;
  }
  if (refund.proposedById === meId) return <span className="text-sm text-ink-soft">{t("ownProposal")}</span>;
  return (
    <>
      <ActionForm action={approve}>
        <input type="hidden" name="refundId" value={refund.id} />
        <SubmitButton>{t("approve")}</SubmitButton>
      </ActionForm>
      {refund.state === "failed" ? byBank : null}
    </>
  );
}
