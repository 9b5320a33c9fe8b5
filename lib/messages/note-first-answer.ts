import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { casesOf } from "@/lib/cases/scope";
import type { Tx } from "@/lib/infra/db";

/** The first answer the desk gives to a case that was sent is its moment; later ones leave it as it is. */
export async function noteFirstAnswer(
  tx: Tx,
  coordinator: Coordinator,
  caseId: string,
  answeredAt: Date,
): Promise<void> {
  const waits = { id: caseId, firstAnsweredAt: null, submittedAt: { not: null } };
  await tx.case.updateMany({
    where: { AND: [waits, casesOf(coordinator)] },
    data: { firstAnsweredAt: answeredAt },
  });
}
