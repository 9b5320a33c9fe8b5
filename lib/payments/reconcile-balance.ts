import "server-only";
import type { System } from "@/lib/kernel/actor";
import { asPerson, type Tx } from "@/lib/infra/db";
import { log } from "@/lib/infra/log";
import { findSource } from "./find-source";
import { type Gaps, keepGaps } from "./keep-gaps";
import { keepMovements, type PageBounds } from "./keep-movements";
import {
  BALANCE_GAP,
  judgeMovement,
  type KnownSource,
  type Movement,
  type MovementVerdict,
  providerFeePostings,
} from "./movement";
import { openMoneyTask } from "./open-money-task";
import { postLedger } from "./post-ledger";

export interface ExplainedBalance {
  explained: number;
  waiting: number;
  unexplained: number;
  /** By currency, what the provider holds beyond the sum of its movements; empty when every cent is told of. */
  gaps: Record<string, string>;
}

/** More than this is left to the next run, which goes on where this one ended. */
const ONE_RUN = { pagesMax: 50, pageMax: 100, looksMax: 500 };

/**
 * Holds our books against every movement of money at the provider: each is explained by a payment, refund or dispute of
 * exactly its sum, or waits for news that is on its way, or somebody of finance is asked. Its fee is booked with it. What the
 * balance holds beyond them all is asked for as well. Safe to run at any time; what is explained is never looked at again, and
 * of the others comes first who waited longest.
 */
export async function reconcileBalance(
  system: System,
  now: Date,
  { looksMax, ...pages }: PageBounds & { looksMax: number } = ONE_RUN,
): Promise<ExplainedBalance | null> {
  if (!(await keepMovements(system, pages, now))) return null;
  const open = await asPerson(system, (tx) =>
    tx.balanceMovement.findMany({
      where: { state: { not: "explained" }, type: { not: BALANCE_GAP } },
      orderBy: [{ lookedAt: { sort: "asc", nulls: "first" } }, { movedAt: "asc" }, { id: "asc" }],
      take: looksMax,
    }),
  );
  for (const movement of open) {
    const known = await findSource(system, movement);
    const verdict = judgeMovement(movement, known, now);
    await asPerson(system, (tx) => keepVerdict(tx, movement, known, verdict, now));
  }
  return countAll(system, await keepGaps(system, now));
}

async function keepVerdict(
  tx: Tx,
  movement: Movement & { reason: string | null },
  known: KnownSource | null,
  verdict: MovementVerdict,
  now: Date,
): Promise<void> {
  const { id } = movement;
  const { state } = verdict;
  const { count } = await tx.balanceMovement.updateMany({
    where: { id, state: { not: "explained" } },
    data: {
      ...{ state, reason: state === "unexplained" ? verdict.reason : null },
      ...{ paymentId: known?.paymentId ?? null, refundId: known?.refundId ?? null },
      explainedAt: state === "explained" ? now : null,
      lookedAt: now,
    },
  });
  if (count === 0) return;
  if (state === "explained" && known) await bookFee(tx, movement, known);
  if (state === "unexplained") {
    log.error(
      { eventId: id, kind: movement.type, code: verdict.reason },
      "money at the payment provider is unexplained",
    );
    // Without a case of ours there is nothing to hang a task on: finance reads the open rows themselves.
    if (known) await openMoneyTask(tx, { caseId: known.caseId, kind: "unmatched_payment", title: id }, now);
    return;
  }
  await tx.task.updateMany({
    where: { kind: "unmatched_payment", title: id, state: "open" },
    data: { state: "done", doneAt: now },
  });
}

/** What the provider keeps for itself of this movement. */
async function bookFee(tx: Tx, { id, feeMinor, currency }: Movement, known: KnownSource): Promise<void> {
  if (feeMinor === 0n) return;
  const { bookingId, paymentId } = known;
  const event = { kind: "provider_fee", reference: `fee:${id}`, bookingId, paymentId, currency, memo: id };
  await postLedger(tx, event, providerFeePostings(feeMinor));
}

async function countAll(system: System, gaps: Gaps): Promise<ExplainedBalance> {
  const byState = await asPerson(system, (tx) =>
    tx.balanceMovement.groupBy({ by: ["state"], where: { type: { not: BALANCE_GAP } }, _count: true }),
  );
  const count = (state: string) => byState.find((row) => row.state === state)?._count ?? 0;
  return {
    ...{ explained: count("explained"), waiting: count("waiting"), unexplained: count("unexplained") },
    gaps: Object.fromEntries([...gaps].map(([currency, gapMinor]) => [currency, `${gapMinor}`])),
  };
}
