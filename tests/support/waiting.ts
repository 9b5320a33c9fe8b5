import { dayOf } from "@/lib/kernel/day";
import { asPerson, openDb } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { acceptOffer } from "@/lib/logistics/accept-offer";
import { acceptOfferForm, joinWaitingForm } from "@/lib/logistics/forms";
import { joinWaitingList } from "@/lib/logistics/join-waiting-list";
import type { Patient } from "@/lib/kernel/actor";
import type { Holding } from "./bookings";
import { makeClinic } from "./clinics";
import { makeMany } from "./holds";
import { testSystem } from "./people";
import { connect } from "../../scripts/steps/database.mjs";

/** What the patient of this case sends to wait for the first days of the centre. */
export function waitForm(one: Holding, days = 1, more: Record<string, unknown> = {}) {
  const { slots } = one.clinic;
  const [first, last] = [slots[0], slots[days - 1]];
  if (!first || !last) throw new Error("The centre has too few days.");
  return joinWaitingForm.parse({
    ...{ estimateId: one.estimate.id, treatment: first.treatment },
    ...{ fromOn: dayOf(first.on), toOn: dayOf(last.on), ...more },
  });
}

export const join = (one: Holding, days = 1, more: Record<string, unknown> = {}) =>
  joinWaitingList(one.patient, waitForm(one, days, more), new Date());

export async function makeWaiting(one: Holding, days = 1): Promise<string> {
  const joined = await join(one, days);
  if (!joined.ok) throw new Error(`The set-up was refused: ${joined.reason}`);
  return joined.value.id;
}

/** A full centre and so many cases with an accepted estimate of it. */
export async function makeFullCentre(count: number, wish: { capacity?: number; days?: number } = {}) {
  const clinic = await makeClinic({ days: 1, ...wish });
  await openDb()
    .$executeRaw`UPDATE "ProcedureSlot" SET taken = capacity WHERE "clinicId" = ${clinic.id}::uuid`;
  return { clinic, waiting: await makeMany(count, clinic) };
}

/** Frees so many places of a full day, as bookings that end do. */
export async function freePlaces(slotId: string | undefined, count = 1): Promise<void> {
  await openDb()
    .$executeRaw`UPDATE "ProcedureSlot" SET taken = taken - ${count} WHERE id = ${slotId ?? ""}::uuid`;
}

/** Who holds an offer that stands, in the order of joining. */
export async function offered(clinicId: string): Promise<{ id: string; caseId: string; entryId: string }[]> {
  const found = await asPerson(testSystem, (tx) =>
    tx.waitingOffer.findMany({
      where: { state: "open", entry: { clinicId } },
      select: { id: true, caseId: true, entryId: true },
      orderBy: { entry: { turn: "asc" } },
    }),
  );
  return found;
}

export const accept = (patient: Patient, offerId: string, more: Record<string, unknown> = {}) =>
  acceptOffer(patient, offerId, acceptOfferForm.parse(more), new Date());

/**
 * Lets an offer run out by the database's own clock, so many hours after its patient was told of it; only its owner can, for
 * an offer never changes.
 */
export function offerRunsOut(offerId: string, toldHours = 24): Promise<void> {
  return asOwner((ask) =>
    ask(
      `UPDATE "WaitingOffer" SET "expiresAt" = now() - interval '1 second', "toldAt" = now() - make_interval(hours => $2)
        WHERE id = $1`,
      [offerId, toldHours],
    ),
  );
}

type Ask = (text: string, values?: unknown[]) => Promise<unknown[]>;

/** Does something to rows of the waiting list that only the owner of the database may. */
export async function asOwner(act: (ask: Ask) => Promise<unknown>): Promise<void> {
  const owner = await connect(env().DATABASE_URL);
  try {
    await owner.query("SELECT set_config('app.role', 'system', false)");
    await act(async (text, values) => (await owner.query(text, values)).rows);
  } finally {
    await owner.end();
  }
}
