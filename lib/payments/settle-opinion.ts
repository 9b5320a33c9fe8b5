import "server-only";
import type { System } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { claimOpinion } from "@/lib/reviews/claim-opinion";
import { fateOf, type OpinionEnd } from "@/lib/reviews/opinion";
import { beginFullRefund } from "./begin-full-refund";
import { closeAnnouncement } from "./claim-transfer";
import { OPEN_STATES } from "./payment";

export type OpinionOutcome = "waits" | "delivered" | "returned" | "cancelled";

/**
 * Looks what becomes of a second opinion and does it: an answer in time is delivered, and where none can come in time the
 * whole fee goes back without anybody's word. Any number of calls do it once.
 */
export function settleOpinion(
  system: System,
  opinionId: string,
  now: Date,
): Promise<Outcome<{ outcome: OpinionOutcome }, "not_found">> {
  return asPerson(system, async (tx) => {
    if (!(await claimOpinion(tx, opinionId))) return refused("not_found");
    return done({ outcome: await settleClaimed(tx, system, opinionId, now) });
  });
}

/** The same inside the transaction of whoever has taken the opinion. */
export async function settleClaimed(
  tx: Tx,
  system: System,
  opinionId: string,
  now: Date,
): Promise<OpinionOutcome> {
  const found = await readOpinion(tx, opinionId);
  const hasConsent = found.case.consents.some((consent) => consent.clinicId === found.clinicId);
  const fate = fateOf({ ...found, stage: found.case.stage, hasConsent }, now);
  switch (fate.kind) {
    case "deliver":
      return deliver(tx, system, found, fate.at, now);
    case "return":
      return giveBack(tx, system, found, fate.cause, now);
    case "cancel":
      return endUnpaid(tx, system, found, fate.cause, now);
    case "wait":
      return "waits";
  }
}

export type RunningOpinion = Awaited<ReturnType<typeof readOpinion>>;

export function readOpinion(tx: Tx, id: string) {
  return tx.secondOpinion.findUniqueOrThrow({
    where: { id },
    select: {
      ...{ id: true, number: true, caseId: true, clinicId: true, state: true, payBy: true, dueAt: true },
      reviewId: true,
      review: { select: { state: true, secondSignedAt: true } },
      case: {
        select: { stage: true, consents: { where: { withdrawnAt: null }, select: { clinicId: true } } },
      },
    },
  });
}

async function deliver(
  tx: Tx,
  system: System,
  { id, caseId }: RunningOpinion,
  at: Date,
  now: Date,
): Promise<OpinionOutcome> {
  await tx.secondOpinion.updateMany({
    where: { id, state: "paid" },
    data: { state: "delivered", deliveredAt: at },
  });
  await closeTask(tx, caseId, now);
  await noteCaseEvent(tx, system, { caseId, kind: "opinion_delivered" });
  await writeAudit(tx, system, "opinion.delivered", { caseId, objectType: "opinion", objectId: id });
  return "delivered";
}

/** The fee goes back whole. While the payer's bank asks for it, its own way decides first. */
export async function giveBack(
  tx: Tx,
  system: System,
  { id, caseId }: Pick<RunningOpinion, "id" | "caseId">,
  cause: OpinionEnd,
  now: Date,
): Promise<OpinionOutcome> {
  const payment = await tx.payment.findFirstOrThrow({
    where: { opinionId: id, isSurplus: false, succeededAt: { not: null } },
    select: { id: true, state: true },
  });
  if (payment.state !== "succeeded" && payment.state !== "won") return "waits";
  await beginFullRefund(tx, system, payment.id, `opinion_${cause}`, now);
  await tx.secondOpinion.updateMany({
    where: { id, state: "paid" },
    data: { state: "returned", endCause: cause, endedAt: now },
  });
  await noteEnd(tx, system, { id, caseId }, "opinion_returned", cause, now);
  return "returned";
}

export async function endUnpaid(
  tx: Tx,
  system: System,
  { id, caseId, number }: Pick<RunningOpinion, "id" | "caseId" | "number">,
  cause: OpinionEnd,
  now: Date,
): Promise<OpinionOutcome> {
  await tx.secondOpinion.updateMany({
    where: { id, state: "awaiting_payment" },
    data: { state: "cancelled", endCause: cause, endedAt: now },
  });
  // Its open page is closed, so that nobody pays for what is not sold any more.
  const open = await tx.payment.findMany({
    where: { opinionId: id, state: { in: [...OPEN_STATES] } },
    select: { id: true },
  });
  for (const payment of open) await enqueue(tx, "payment.settle", { paymentId: payment.id });
  await closeAnnouncement(tx, { caseId, title: number }, now);
  await noteEnd(tx, system, { id, caseId }, "opinion_cancelled", cause, now);
  return "cancelled";
}

/** Also when the payer's bank took the fee back before anything was delivered. */
export async function noteEnd(
  tx: Tx,
  system: System,
  { id, caseId }: { id: string; caseId: string },
  kind: "opinion_returned" | "opinion_cancelled",
  cause: OpinionEnd,
  now: Date,
): Promise<void> {
  await closeTask(tx, caseId, now);
  await noteCaseEvent(tx, system, { caseId, kind });
  const audit = { caseId, objectType: "opinion", objectId: id, facts: { cause } };
  await writeAudit(tx, system, kind === "opinion_returned" ? "opinion.returned" : "opinion.cancelled", audit);
}

/** Nobody need ask a centre any more, unless another paid opinion of the case still waits for that. */
async function closeTask(tx: Tx, caseId: string, now: Date): Promise<void> {
  const waiting = await tx.secondOpinion.count({ where: { caseId, state: "paid", reviewId: null } });
  if (waiting > 0) return;
  await tx.task.updateMany({
    where: { caseId, kind: "ask_second_opinion", state: "open" },
    data: { state: "done", doneAt: now },
  });
}
