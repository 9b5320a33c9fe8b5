import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { systemActor } from "@/lib/infra/session";
import { COMPANION_SCOPES, type CompanionScope, stateOf } from "./invitation";

export type InvitationSeen =
  /** They help already. */
  | { state: "joined"; caseId: string }
  /** Who asks, and for what. Nothing of the case itself: nobody has said yes. */
  | { state: "invited"; from: { name: string; email: string }; scopes: CompanionScope[] };

/**
 * An invitation by its link, for whoever signs in with the address it was sent to; null for everybody else, and once it has run
 * out or was taken back. They may not see the row, so the system reads it.
 */
export async function readInvitation(
  person: Patient,
  token: string,
  now: Date,
): Promise<InvitationSeen | null> {
  return asPerson(systemActor("read-invitation"), async (tx) => {
    const found = await tx.caseInvitation.findUnique({ where: { tokenHash: sha256(token) } });
    if (!found || found.email !== person.email) return null;
    const state = stateOf(found, now);
    if (state === "joined")
      return found.personId === person.personId ? { state, caseId: found.caseId } : null;
    if (state !== "invited") return null;
    const from = await tx.person.findFirst({
      where: { id: found.invitedById, erasedAt: null },
      select: { name: true, email: true },
    });
    return from && { state, from, scopes: COMPANION_SCOPES.filter((one) => found.scopes.includes(one)) };
  });
}
