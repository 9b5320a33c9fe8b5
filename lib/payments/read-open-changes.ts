import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { isEnded } from "@/lib/cases/case";
import { asPerson } from "@/lib/infra/db";
import { changeOrdersOf } from "./scope";

export interface OpenChange {
  /** Until when it can be answered; null for an emergency that waits for its proof. */
  expiresAt: Date | null;
}

/** The change of a case that waits: for this person's answer, or for the proof of an emergency. Null where none does. */
export function readOpenChange(patient: Patient, caseId: string, now: Date): Promise<OpenChange | null> {
  return asPerson(patient, async (tx) => {
    const found = await tx.changeOrder.findFirst({
      where: {
        AND: [
          changeOrdersOf(patient),
          { caseId, booking: { state: { in: ["confirmed", "completed"] } } },
          {
            OR: [
              { state: "proposed", expiresAt: { gt: now } },
              { state: "emergency_applied", provenAt: null },
            ],
          },
        ],
      },
      select: { expiresAt: true },
    });
    const one = found && (await tx.case.findUnique({ where: { id: caseId }, select: { stage: true } }));
    return found && one && !isEnded(one.stage) ? found : null;
  });
}
