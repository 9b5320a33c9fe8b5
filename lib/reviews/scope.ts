import type { Actor } from "@/lib/kernel/actor";
import { casesOf } from "@/lib/cases/scope";
import type { Prisma } from "@/lib/infra/generated/client";

/** The questions and answers somebody may know about: a centre only those put to it, while the case is open to it. */
export function reviewsOf(actor: Actor): Prisma.ReviewWhereInput {
  const inCase = { case: casesOf(actor) };
  return "clinicId" in actor ? { AND: [{ clinicId: actor.clinicId }, inCase] } : inCase;
}
