import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { statementFor } from "./read-statement";
import { returningOf } from "./returning-view";
import { statementView } from "./statement-view";

/** What comes back of an ended booking by how far it is, for whoever may read its statement; nothing for a stranger. */
export async function readReturning(patient: Patient, bookingId: string, locale: string, now: Date) {
  const read = await statementFor(patient, bookingId, now);
  return read ? returningOf(statementView(read, locale).movements, now) : [];
}
