import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { type ExplanationCause, explainedPostings, type Moved, unbookedOf } from "./explanation";
import { providerFeePostings } from "./movement";
import { postLedger } from "./post-ledger";
import { readBooked } from "./read-booked";

type Refusal = "not_found" | "same_person" | "illegal_transition" | "explanation_stale" | "held_too_little";

/**
 * The second person says yes to what a movement is: it is booked once, with the provider's fee of it, into the open month,
 * and counts as explained. What has explained itself meanwhile, or is open for another reason now, or booked meanwhile, is booked by nobody.
 */
export async function confirmExplanation(
  finance: Finance,
  id: string,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  return asPerson(finance, async (tx) => {
    const explanation = await tx.movementExplanation.findUnique({ where: { id } });
    if (!explanation) return refused("not_found");
    const { movementId, proposedById, movementReason } = explanation;
    if (proposedById === finance.personId) return refused("same_person");
    // The reconciling job waits here, and so does whoever confirms the same.
    const movement = await takeMovement(tx, movementId);
    if (movement.state !== "unexplained" || movement.reason !== movementReason)
      return refused("explanation_stale");
    const cause = explanation.cause as ExplanationCause;
    const booked = bookedOf(explanation);
    if (!isSame(booked, await readBooked(tx, movement))) return refused("explanation_stale");
    const parts = unbookedOf(movement, booked);
    if (cause === "returned_to_payer" && !(await isHeld(tx, parts))) return refused("held_too_little");
    const { count } = await tx.movementExplanation.updateMany({
      where: { id, state: "proposed", proposedById: { not: finance.personId } },
      data: { state: "confirmed", answeredById: finance.personId, answeredAt: now },
    });
    if (count === 0) return refused("illegal_transition");
    await tx.balanceMovement.updateMany({
      where: { id: movementId, state: "unexplained" },
      data: { state: "explained", reason: null, explainedAt: now },
    });
    await book(tx, finance, movement, { cause, note: explanation.note, parts });
    await tx.task.updateMany({
      where: { kind: "unmatched_payment", title: movementId, state: "open" },
      data: { state: "done", doneAt: now },
    });
    const audit = { objectType: "movement", objectId: movementId, facts: { cause } };
    await writeAudit(tx, finance, "movement.explanation_confirmed", audit);
    return done({ id });
  });
}

/** The movement, and whatever else of the same source is open, taken for the rest of the transaction. */
async function takeMovement(tx: Tx, id: string) {
  await tx.$queryRaw`SELECT 1 FROM "BalanceMovement" m
    WHERE m.id = ${id} OR m."sourceId" = (SELECT o."sourceId" FROM "BalanceMovement" o WHERE o.id = ${id}) ORDER BY m.id FOR UPDATE OF m`;
  return tx.balanceMovement.findUniqueOrThrow({ where: { id } });
}

/** Whether our books still hold what they held when it was said. */
function isSame(said: Moved | null, now: Moved | null | "not_yet"): boolean {
  if (said === null || now === null || now === "not_yet") return said === now;
  return said.currency === now.currency && said.amountMinor === now.amountMinor;
}

type Parts = ReturnType<typeof unbookedOf>;

function bookedOf(said: { bookedCurrency: string | null; bookedMinor: bigint | null }) {
  const { bookedCurrency: currency, bookedMinor: amountMinor } = said;
  return currency !== null && amountMinor !== null ? { currency, amountMinor } : null;
}

/** Whether so much is held of what came by movements alone: a bank transfer's money is that payer's, and nobody else's. */
async function isHeld(tx: Tx, parts: Parts): Promise<boolean> {
  for (const { currency, amountMinor } of parts) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('held_without_booking ' || ${currency}, 5))`;
    const { _sum } = await tx.ledgerEntry.aggregate({
      where: {
        ...{ account: "client_funds_held", bookingId: null, currency },
        tx: { reference: { startsWith: "movement:" } },
      },
      _sum: { amountMinor: true },
    });
    if (-(_sum.amountMinor ?? 0n) < -amountMinor) return false;
  }
  return true;
}

async function book(
  tx: Tx,
  finance: Finance,
  movement: { id: string; feeMinor: bigint; currency: string; paymentId: string | null },
  said: { cause: ExplanationCause; note: string; parts: Parts },
): Promise<void> {
  const { id, feeMinor, currency, paymentId } = movement;
  const about = { bookingId: null, actorId: finance.personId, ...(paymentId ? { paymentId } : {}) };
  for (const part of said.parts.filter((one) => one.amountMinor !== 0n))
    await postLedger(
      tx,
      {
        ...{ kind: "movement_explained", reference: `movement:${id}:${part.currency}`, ...about },
        ...{ currency: part.currency, memo: said.note },
      },
      explainedPostings(said.cause, part.amountMinor),
    );
  if (feeMinor !== 0n)
    await postLedger(
      tx,
      { kind: "provider_fee", reference: `fee:${id}`, ...about, currency, memo: id },
      providerFeePostings(feeMinor),
    );
}
