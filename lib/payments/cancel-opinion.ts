import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { ownCasesOf } from "@/lib/cases/scope";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { claimOpinion } from "@/lib/reviews/claim-opinion";
import { opinionsOf } from "@/lib/reviews/scope";
import { endUnpaid, giveBack, readOpinion } from "./settle-opinion";

type Refusal = "not_found" | "forbidden" | "illegal_transition" | "already_requested" | "payment_disputed";

/**
 * The patient calls a second opinion off before the centre was asked: unpaid it ends, paid it goes back whole. Once the
 * centre was asked, the consent is what stops it, and the fee comes back with that.
 */
export async function cancelOpinion(
  patient: Patient,
  opinionId: string,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  const named = await asPerson(patient, (tx) =>
    tx.secondOpinion.findFirst({
      where: { AND: [{ id: opinionId }, opinionsOf(patient)] },
      select: { case: { select: { id: true } } },
    }),
  );
  if (!named) return refused("not_found");
  const own = await asPerson(patient, (tx) =>
    tx.case.findFirst({ where: { AND: [{ id: named.case.id }, ownCasesOf(patient)] }, select: { id: true } }),
  );
  if (!own) return refused("forbidden");
  // The payer's side writes no state of money; the audit row of the end names the cause.
  const system = systemActor("call-off-opinion");
  return asPerson(system, async (tx) => {
    if (!(await claimOpinion(tx, opinionId))) return refused("not_found");
    const opinion = await readOpinion(tx, opinionId);
    if (opinion.state === "awaiting_payment") {
      await endUnpaid(tx, system, opinion, "called_off", now);
      return done({ id: opinionId });
    }
    if (opinion.state !== "paid") return refused("illegal_transition", { from: opinion.state });
    if (opinion.reviewId) return refused("already_requested");
    const outcome = await giveBack(tx, system, opinion, "called_off", now);
    return outcome === "waits" ? refused("payment_disputed") : done({ id: opinionId });
  });
}
