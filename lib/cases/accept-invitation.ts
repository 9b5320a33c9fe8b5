import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { systemActor } from "@/lib/infra/session";
import { noteCaseEvent } from "./move-case";

/**
 * Lets somebody into a case they were asked to help with. The link alone is not enough: it must have been sent to the
 * address they sign in with. They may not see the invitation before, so the system opens the door.
 */
export async function acceptInvitation(
  person: Patient,
  token: string,
  now: Date,
): Promise<Outcome<{ caseId: string }, "not_found">> {
  return asPerson(systemActor("accept-invitation"), async (tx) => {
    const found = await tx.caseInvitation.findUnique({ where: { tokenHash: sha256(token) } });
    if (!found || found.email !== person.email) return refused("not_found");
    const { id, caseId } = found;
    if (found.personId === person.personId && !found.revokedAt) return done({ caseId });
    const { count } = await tx.caseInvitation.updateMany({
      where: { id, acceptedAt: null, revokedAt: null, expiresAt: { gt: now } },
      data: { acceptedAt: now, personId: person.personId },
    });
    if (count === 0) return refused("not_found");
    await openDoor(tx, person, found, now);
    await noteCaseEvent(tx, person, { caseId, kind: "companion_joined" });
    await writeAudit(tx, person, "access.given", { caseId, objectType: "invitation", objectId: id });
    return done({ caseId });
  });
}

type Scopes = ("owner" | "read" | "upload" | "message" | "pay" | "clinic")[];

/** A door that was closed is opened again; who owns the case keeps every right they have. */
async function openDoor(tx: Tx, person: Patient, found: { caseId: string; scopes: Scopes }, now: Date) {
  const { personId } = person;
  const { caseId, scopes } = found;
  const owner = await tx.caseAccess.findFirst({
    where: { caseId, personId, scopes: { has: "owner" }, revokedAt: null },
    select: { id: true },
  });
  if (owner) return;
  await tx.caseAccess.upsert({
    where: { caseId_personId: { caseId, personId } },
    create: { caseId, personId, scopes, purpose: "help", grantedAt: now },
    update: { scopes, purpose: "help", grantedAt: now, expiresAt: null, revokedAt: null },
  });
}
