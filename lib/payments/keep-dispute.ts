import "server-only";
import type { Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { type DisputeState, disputeState } from "./dispute";

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
 * Keeps what the provider tells of a dispute, for whoever answers it. Older news may come late: what has ended stays so, but for
 * a loss told after a win, and what was answered waits for an answer again only where its last day is another.
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
  await tx.dispute.updateMany({ where: { id, OR: olderThan(state, answerBy) }, data: told });
}

/** What stands there and such news may take the place of. An inquiry that became a dispute asks again, until a later day. */
function olderThan(state: DisputeState, answerBy: Date | null): Prisma.DisputeWhereInput[] {
  const open = { endedAt: null };
  if (state === "lost") return [open, { state: "won" }];
  if (state === "won") return [open];
  const sameState = { ...open, state };
  const noDay = { ...open, answerBy: null };
  if (!answerBy) return state === "answered" ? [open] : [sameState];
  const day = state === "answered" ? { lte: answerBy } : { lt: answerBy };
  return [sameState, noDay, { ...open, answerBy: day }];
}
