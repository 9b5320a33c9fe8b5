import type { Actor } from "@/lib/kernel/actor";
import { casesOf } from "@/lib/cases/scope";
import type { AccessScope, Prisma } from "@/lib/infra/generated/client";

const TOLD: AccessScope[] = ["owner", "read", "pay"];

/** The questions and answers somebody may know about: a centre only those put to it, while the case is open to it. */
export function reviewsOf(actor: Actor): Prisma.ReviewWhereInput {
  const inCase = { case: casesOf(actor) };
  return "clinicId" in actor ? { AND: [{ clinicId: actor.clinicId }, inCase] } : inCase;
}

/** The paid second opinions somebody may know about; finance knows all of them, as it does all money. */
export function opinionsOf(actor: Actor): Prisma.SecondOpinionWhereInput {
  if (actor.role === "finance") return {};
  // Who helps with uploads or messages alone learns nothing of money.
  if (actor.role === "patient")
    return {
      case: { access: { some: { personId: actor.personId, revokedAt: null, scopes: { hasSome: TOLD } } } },
    };
  return actor.role === "coordinator" || actor.role === "system"
    ? { case: casesOf(actor) }
    : { id: { in: [] } };
}
