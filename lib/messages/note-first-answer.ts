import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { isFirstAnswer, nextStepOf } from "@/lib/cases/case";
import { setNextStep } from "@/lib/cases/move-case";
import { lockedCase } from "@/lib/cases/queries";
import type { Tx } from "@/lib/infra/db";

/** The first answer the desk gives to a case that was sent is its moment; later ones leave it as it is. */
export async function noteFirstAnswer(
  tx: Tx,
  coordinator: Coordinator,
  caseId: string,
  answeredAt: Date,
): Promise<void> {
  const found = await lockedCase(tx, coordinator, caseId);
  if (!found?.submittedAt || found.firstAnsweredAt) return;
  await tx.case.updateMany({ where: { id: caseId }, data: { firstAnsweredAt: answeredAt } });
  if (!isFirstAnswer(found.nextAction)) return;
  const next = nextStepOf(found.stage, answeredAt, { ...found, firstAnsweredAt: answeredAt });
  if (!next) return;
  const { holdUntil } = found;
  const nextDueAt = holdUntil && holdUntil > answeredAt ? holdUntil : next.nextDueAt;
  await setNextStep(tx, caseId, { ...next, nextDueAt }, answeredAt);
}
