import "server-only";
import { type Actor, clinicIdOf, personIdOf } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import type { Tx } from "@/lib/infra/db";

export interface AuditFacts {
  caseId?: string | null;
  objectType: string;
  objectId?: string | null;
  purpose?: string;
  /** Codes and counts only, never content. */
  facts?: Record<string, string | number | boolean | null>;
}

/** Writes the trace of a view, change or export in the same transaction as the act. */
export async function writeAudit(tx: Tx, actor: Actor, event: string, about: AuditFacts): Promise<void> {
  await writeAudits(tx, actor, event, [about]);
}

/** One act on many things leaves a trace for each. */
export async function writeAudits(
  tx: Tx,
  actor: Actor,
  event: string,
  all: readonly AuditFacts[],
): Promise<void> {
  await tx.auditEvent.createMany({ data: all.map((about) => auditRow(actor, event, about)) });
}

/** The trace itself, for an act the database writes whole. */
export function auditRow(actor: Actor, event: string, about: AuditFacts) {
  return {
    id: newId(),
    event,
    actorId: personIdOf(actor),
    actorRole: actor.role,
    actorName: "name" in actor ? actor.name : null,
    clinicId: clinicIdOf(actor),
    caseId: about.caseId ?? null,
    objectType: about.objectType,
    objectId: about.objectId ?? null,
    purpose: about.purpose ?? null,
    ...(about.facts ? { facts: about.facts } : {}),
  };
}
