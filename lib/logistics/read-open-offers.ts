import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { type Day, dayOf } from "@/lib/kernel/day";
import { asPerson } from "@/lib/infra/db";
import { waitingOf } from "./scope";

/** A freed day that is kept for somebody who waits. */
export interface OpenOffer {
  on: Day;
  clinicName: string;
  expiresAt: Date;
}

/** By case, the day that waits for this person's answer; of several the one that runs out first. Who only helps cannot answer. */
export function readOpenOffers(
  patient: Patient,
  caseIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, OpenOffer>> {
  return asPerson(patient, async (tx) => {
    const door = { personId: patient.personId, revokedAt: null, scopes: { has: "owner" as const } };
    const decides = {
      OR: [{ patientId: patient.personId }, { estimate: { review: { case: { access: { some: door } } } } }],
    };
    const found = await tx.waitingOffer.findMany({
      where: {
        ...{ state: "open", expiresAt: { gt: now } },
        entry: { AND: [waitingOf(patient), decides, { caseId: { in: [...caseIds] }, state: "waiting" }] },
      },
      select: {
        expiresAt: true,
        slot: { select: { on: true, clinic: { select: { name: true } } } },
        entry: { select: { caseId: true } },
      },
      orderBy: { expiresAt: "desc" },
    });
    return new Map(
      found.map(({ expiresAt, slot, entry }) => [
        entry.caseId,
        { on: dayOf(slot.on), clinicName: slot.clinic.name, expiresAt },
      ]),
    );
  });
}
