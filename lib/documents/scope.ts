import type { Actor } from "@/lib/kernel/actor";
import type { Prisma } from "@/lib/infra/generated/client";
import { KIND_NAMES, MONEY_KINDS } from "./document";

const NOTHING: Prisma.DocumentWhereInput = { id: { in: [] } };

/** The scopes of a door into a case that open all its papers, and those that open the ones about money. */
export interface CaseDoor {
  caseId: string;
  scopes: readonly string[];
}

/**
 * Papers somebody may know about. A private person brings the doors into cases they hold: whoever may read sees all
 * papers of that case, whoever only pays those about money.
 */
export function documentsOf(actor: Actor, doors: readonly CaseDoor[]): Prisma.DocumentWhereInput {
  switch (actor.role) {
    case "system":
    case "coordinator":
      return {};
    case "finance":
      return { kind: { in: MONEY_KINDS } };
    case "clinic_reviewer":
    case "clinic_manager":
      return { forClinicId: actor.clinicId };
    case "patient":
      return { OR: doors.map((door) => ({ caseId: door.caseId, kind: { in: kindsFor(door) } })) };
    default:
      return NOTHING;
  }
}

function kindsFor({ scopes }: CaseDoor): string[] {
  if (scopes.includes("owner") || scopes.includes("read")) return KIND_NAMES;
  return scopes.includes("pay") ? MONEY_KINDS : [];
}
