import type { Admin, ClinicManager, Coordinator } from "@/lib/kernel/actor";
import type { Prisma } from "@/lib/infra/generated/client";

/** A manager knows the revisions of the own centre; those who approve know all but drafts, which nobody has handed in. */
export function revisionsOf(actor: ClinicManager | Coordinator | Admin): Prisma.ListingRevisionWhereInput {
  if (actor.role === "clinic_manager") return { clinicId: actor.clinicId };
  return { state: { not: "draft" } };
}
