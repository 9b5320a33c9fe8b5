import type { Actor } from "@/lib/kernel/actor";
import type { AccessScope, Prisma } from "@/lib/infra/generated/client";

const TOLD: AccessScope[] = ["owner", "read", "pay"];

/** What rides, talks and medicines have in common: the booking they belong to. */
type OfBooking = { id?: { in: string[] }; bookingId?: { in: string[] } };

/** Parts of bookings this person may know about; `bookings` are the ids the person's own scope gave. */
export function partsOf(actor: Actor, bookings: readonly string[]): OfBooking {
  switch (actor.role) {
    case "coordinator":
    case "system":
      return {};
    case "patient":
    case "clinic_reviewer":
    case "clinic_manager":
      return { bookingId: { in: [...bookings] } };
    default:
      return { id: { in: [] } };
  }
}

/** Entries of the waiting list this person may know about; who helps with uploads or messages alone learns nothing of dates. */
export function waitingOf(actor: Actor): Prisma.WaitingEntryWhereInput {
  if (actor.role === "coordinator" || actor.role === "system") return {};
  if (actor.role !== "patient") return { id: { in: [] } };
  const door = { personId: actor.personId, revokedAt: null, scopes: { hasSome: TOLD } };
  return {
    OR: [{ patientId: actor.personId }, { estimate: { review: { case: { access: { some: door } } } } }],
  };
}

/** Visa papers of the cases this person may know about. Never the centre's: it sees the letter it wrote, not the passport side. */
export function visasOf(actor: Actor, cases: readonly string[]): Prisma.VisaWhereInput {
  if (actor.role === "coordinator" || actor.role === "system") return {};
  return actor.role === "patient" ? { caseId: { in: [...cases] } } : { id: { in: [] } };
}
