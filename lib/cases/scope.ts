import type { Actor, Patient } from "@/lib/kernel/actor";
import type { Prisma } from "@/lib/infra/generated/client";

const NOTHING: Prisma.CaseWhereInput = { id: { in: [] } };

/**
 * The cases somebody may know about. An access that ended by its date is left to row-level security,
 * which judges by the database's own clock.
 */
export function casesOf(actor: Actor): Prisma.CaseWhereInput {
  switch (actor.role) {
    case "system":
      return {};
    case "coordinator":
      // The first consent promises: nobody but the patient's side reads a case before it is sent.
      return { submittedAt: { not: null } };
    case "patient":
      // The patient holds a door like everybody else; asked for alone, it is found by its index.
      return { access: { some: { personId: actor.personId, revokedAt: null } } };
    case "clinic_reviewer":
    case "clinic_manager":
      return { access: { some: { clinicId: actor.clinicId, revokedAt: null } } };
    case "draft_holder":
      return { draftTokenHash: actor.draftTokenHash };
    case "finance":
    case "admin":
    case "link_holder":
      return NOTHING;
  }
}

/** The cases a person decides about themselves: their own, not those a patient opened to them. */
export function ownCasesOf(patient: Patient): Prisma.CaseWhereInput {
  return { access: { some: { personId: patient.personId, revokedAt: null, scopes: { has: "owner" } } } };
}
