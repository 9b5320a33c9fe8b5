import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { bookingFor } from "@/lib/bookings/queries";
import { deskCasesQuery } from "@/lib/desk/forms/cases";
import { deskCasesFor } from "@/lib/desk/queries/cases";
import { closeDb, openDb } from "@/lib/infra/db";
import { personAs } from "@/lib/infra/session";
import { holdBookingForm } from "@/lib/logistics/forms";
import { holdBooking } from "@/lib/logistics/hold-booking";
import { bodyOf, idOf, slotFor } from "./booking-http-world";

/** What this process is asked: things to do one after the other on one connection, which `leave` ends. */
export type Job =
  | { kind: "hold"; patients: number[] }
  | { kind: "page"; patients: number[] }
  | { kind: "desk"; count: number }
  | { kind: "leave" };

export interface Held {
  bookingId: string;
  caseId: string;
  patientId: string;
}

/** Who holds what here, by the number of the patient. */
const held = new Map<number, Held>();

function patientOf(patient: number): Patient {
  const named = { personId: idOf("06", patient), name: "Bench", email: `bench${patient}@bench.valvia.test` };
  return actorOf(personAs({ ...named, ...PLACE, roles: ["patient"] }, "patient"));
}

function coordinator(): Coordinator {
  const named = { personId: idOf("06", 1), name: "Bench", email: "desk@bench.valvia.test" };
  return actorOf(personAs({ ...named, ...PLACE, roles: ["coordinator"] }, "coordinator"));
}

const PLACE = { locale: "en", clinicId: null };

function actorOf<T>(actor: T | null): T {
  if (actor === null) throw new Error("Nobody of this role was made.");
  return actor;
}

async function hold(patient: number): Promise<void> {
  const form = holdBookingForm.parse(JSON.parse(bodyOf(patient, slotFor(patient))));
  const answer = await holdBooking(patientOf(patient), form, new Date());
  if (!answer.ok) throw new Error(`Patient ${patient} was refused: ${answer.reason}.`);
  const { id, caseId, patientId } = answer.value;
  held.set(patient, { bookingId: id, caseId, patientId });
}

async function readPage(patient: number): Promise<void> {
  const found = await bookingFor(patientOf(patient), held.get(patient)?.bookingId ?? "");
  if (!found) throw new Error(`Patient ${patient} does not see the booking.`);
}

async function readDesk(): Promise<void> {
  const page = await deskCasesFor(coordinator(), deskCasesQuery({}));
  if (page.items.length === 0) throw new Error("The desk sees no case.");
}

async function run(job: Job): Promise<void> {
  if (job.kind === "hold") for (const patient of job.patients) await hold(patient);
  else if (job.kind === "page") for (const patient of job.patients) await readPage(patient);
  else if (job.kind === "desk") for (let at = 0; at < job.count; at += 1) await readDesk();
  else return closeDb();
  // The database counts for itself at first, and for all to see once a second: it shall do so now.
  await openDb().$queryRaw`SELECT pg_stat_force_next_flush()::text`;
}

process.on("message", (job: Job) => {
  run(job).then(
    () => process.send?.({ held: [...held.values()] }),
    (failure: unknown) =>
      process.send?.({ failure: failure instanceof Error ? failure.message : String(failure) }),
  );
});
