import "server-only";
import type { ClinicManager, Coordinator, Finance, Patient } from "@/lib/kernel/actor";
import type { CaseStage } from "@/lib/cases/case";
import { bookingsOf } from "@/lib/bookings/scope";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { readLeft } from "./read-left";

export interface TripStage {
  caseId: string;
  stage: CaseStage;
  ownerId: string | null;
  /** When the patient left the hospital, or died before that. */
  leftAt: Date | null;
}

/**
 * Where the case of a booking stands, for those who know the booking and may not know the case: finance, a centre the patient
 * no longer lets in but who has treated and bills, and whoever helps with the money alone. Null for a stranger.
 */
export async function readTripStage(
  actor: ClinicManager | Coordinator | Finance | Patient,
  bookingId: string,
): Promise<TripStage | null> {
  const booking = await asPerson(actor, (tx) =>
    tx.booking.findFirst({
      where: { AND: [{ id: bookingId }, bookingsOf(actor)] },
      select: { caseId: true },
    }),
  );
  if (!booking) return null;
  const { caseId } = booking;
  return asPerson(systemActor("bills"), async (tx) => {
    const found = await tx.case.findUnique({
      where: { id: caseId },
      select: { stage: true, ownerId: true },
    });
    return found && { caseId, ...found, leftAt: (await readLeft(tx, [caseId])).get(caseId) ?? null };
  });
}
