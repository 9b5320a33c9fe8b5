import "server-only";
import type { Tx } from "@/lib/infra/db";
import { disputeState } from "./dispute";

export interface DisputeNews {
  id: string;
  /** The provider's word for how far it is. */
  status: string;
  reason: string;
  /** What the payer's bank asked for in the first place. */
  askedMinor: bigint;
  paymentIntentId: string | null;
  answerBy: Date | null;
  openedAt: Date;
}

/**
 * Keeps what the provider tells of a dispute, for whoever answers it. What has ended stays so when older news comes late; only
 * a loss is told after a win.
 */
export async function keepDispute(tx: Tx, news: DisputeNews, now: Date): Promise<void> {
  const { id, reason, askedMinor, paymentIntentId, answerBy, openedAt } = news;
  if (!paymentIntentId) return;
  const payment = await tx.payment.findUnique({
    where: { paymentIntentId },
    select: { id: true, caseId: true, currency: true },
  });
  if (!payment) return;
  const { id: paymentId, caseId, currency } = payment;
  const state = disputeState(news.status);
  const hasEnded = state === "won" || state === "lost";
  const told = { state, reason, amountMinor: askedMinor, answerBy, endedAt: hasEnded ? now : null };
  await tx.dispute.createMany({
    data: [{ id, paymentId, caseId, currency, openedAt, ...told }],
    skipDuplicates: true,
  });
  const before = state === "lost" ? [{ endedAt: null }, { state: "won" as const }] : [{ endedAt: null }];
  await tx.dispute.updateMany({ where: { id, OR: before }, data: told });
}
