import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { claimOpinion } from "@/lib/reviews/claim-opinion";
import { opinionsOf } from "@/lib/reviews/scope";

/**
 * Somebody of finance has looked at a fee the payer's bank took for good after the answer: the centre keeps its own, the books
 * have the loss already, and nothing of it waits for anybody any more.
 */
export async function noteFeeLoss(
  finance: Finance,
  opinionId: string,
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "illegal_transition">> {
  const named = await asPerson(finance, (tx) =>
    tx.secondOpinion.findFirst({
      where: { AND: [{ id: opinionId }, opinionsOf(finance)] },
      select: { id: true },
    }),
  );
  if (!named) return refused("not_found");
  // Finance reaches no case and so none of its tasks; the system ends them, and the audit row names the person.
  return asPerson(systemActor("fee-loss"), async (tx) => {
    await claimOpinion(tx, opinionId);
    const { count } = await tx.secondOpinion.updateMany({
      where: { id: opinionId, deliveredAt: { not: null }, lossNotedAt: null, payments: { some: LOST } },
      data: { lossNotedAt: now, lossNotedById: finance.personId },
    });
    if (count === 0) return refused("illegal_transition");
    const { caseId, payments } = await tx.secondOpinion.findUniqueOrThrow({
      where: { id: opinionId },
      select: { caseId: true, payments: { where: LOST, select: { endedDisputes: true } } },
    });
    await tx.task.updateMany({
      where: {
        ...{ caseId, kind: "payment_disputed", state: "open" },
        title: { in: payments.flatMap((payment) => payment.endedDisputes) },
      },
      data: { state: "done", doneAt: now, doneById: finance.personId },
    });
    const audit = { caseId, objectType: "opinion", objectId: opinionId };
    await writeAudit(tx, finance, "opinion.loss_noted", audit);
    return done({ id: opinionId });
  });
}

const LOST = { state: "lost", isSurplus: false } as const;
