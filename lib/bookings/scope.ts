import type { Actor } from "@/lib/kernel/actor";
import type { AccessScope, Prisma } from "@/lib/infra/generated/client";

/** Who helps with uploads or messages alone learns nothing of dates and money. */
const TOLD: AccessScope[] = ["owner", "read", "pay"];

/** Bookings this person may know about: the patient's side, the centre, and the operator's desk. */
export function bookingsOf(actor: Actor): Prisma.BookingWhereInput {
  switch (actor.role) {
    case "patient":
      return {
        OR: [
          { patientId: actor.personId },
          {
            estimate: {
              review: {
                case: {
                  access: { some: { personId: actor.personId, revokedAt: null, scopes: { hasSome: TOLD } } },
                },
              },
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
