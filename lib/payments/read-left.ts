import "server-only";
import type { CaseStage } from "@/lib/cases/case";
import type { Tx } from "@/lib/infra/db";

const LEFT: CaseStage[] = ["discharged", "deceased"];

/** When the patients of some cases left the hospital, or died before that; nothing of those who are still there. */
export async function readLeft(tx: Tx, caseIds: readonly string[]): Promise<Map<string, Date>> {
  const events = await tx.caseEvent.findMany({
    where: { caseId: { in: [...new Set(caseIds)] }, kind: "stage", toStage: { in: LEFT } },
    orderBy: { at: "asc" },
    select: { caseId: true, toStage: true, at: true },
  });
  const of = (stage: CaseStage) =>
    events.filter(({ toStage }) => toStage === stage).map(({ caseId, at }) => [caseId, at] as const);
  return new Map([...of("deceased"), ...of("discharged")]);
}
