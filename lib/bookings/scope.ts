import type { Actor } from "@/lib/kernel/actor";
import type { Prisma } from "@/lib/infra/generated/client";

/** Bookings this person may know about: the patient's side, the centre, and the operator's desk. */
export function bookingsOf(actor: Actor): Prisma.BookingWhereInput {
  switch (actor.role) {
    case "patient":
      return {
        OR: [
          { patientId: actor.personId },
          {
            estimate: {
              review: { case: { access: { some: { personId: actor.personId, revokedAt: null } } } },
            },
          },
        ],
      };
    case "clinic_reviewer":
    case "clinic_manager":
      return { clinicId: actor.clinicId };
    case "coordinator":
    case "finance":
    case "system":
      return {};
    default:
      return { id: { in: [] } };
  }
}
