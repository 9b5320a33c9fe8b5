import type { Actor } from "@/lib/kernel/actor";
import type { Prisma } from "@/lib/infra/generated/client";

/** Estimates this person may know about. A draft is hidden from its own patient. */
export function estimatesOf(actor: Actor): Prisma.EstimateWhereInput {
  switch (actor.role) {
    case "patient":
      return {
        state: { not: "draft" },
        review: {
          case: {
            access: {
              some: {
                ...{ personId: actor.personId, revokedAt: null, OR: liveNow() },
                // Who helps with uploads or messages alone learns nothing of treatments and prices.
                scopes: { hasSome: ["owner", "read", "pay"] },
              },
            },
          },
        },
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

/** Templates of lines this person may know about: a centre its own, the desk all of them. */
export function lineTemplatesOf(actor: Actor): Prisma.LineTemplateWhereInput {
  switch (actor.role) {
    case "clinic_manager":
      return { clinicId: actor.clinicId };
    case "coordinator":
    case "system":
      return {};
    default:
      return { id: { in: [] } };
  }
}

/** Reviews an estimate may be written on. */
export function reviewsToEstimate(actor: Actor): Prisma.ReviewWhereInput {
  return actor.role === "coordinator" || actor.role === "system" ? {} : { id: { in: [] } };
}

function liveNow(): Prisma.CaseAccessWhereInput[] {
  return [{ expiresAt: null }, { expiresAt: { gt: new Date() } }];
}
