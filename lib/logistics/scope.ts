import type { Actor } from "@/lib/kernel/actor";
import type { Prisma } from "@/lib/infra/generated/client";

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

/** Visa papers of the cases this person may know about. Never the centre's: it sees the letter it wrote, not the passport side. */
export function visasOf(actor: Actor, cases: readonly string[]): Prisma.VisaWhereInput {
  if (actor.role === "coordinator" || actor.role === "system") return {};
  return actor.role === "patient" ? { caseId: { in: [...cases] } } : { id: { in: [] } };
}
