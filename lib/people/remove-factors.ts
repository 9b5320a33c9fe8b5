import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { announceChange } from "./announce-change";
import { claimColleague } from "./claim-colleague";
import { endOtherDoors } from "./end-session";
import type { RemoveFactorsForm } from "./forms";

/**
 * For a colleague who has lost every factor and every recovery code: takes all of them off the account and closes every
 * door. Where staff owe a second factor the next sign-in opens nothing but the page that sets one up. Never one's own:
 * whoever holds an administrator's open browser must not get rid of what guards it.
 */
export async function removeFactors(
  admin: Admin,
  personId: string,
  { reason }: RemoveFactorsForm,
  now: Date,
): Promise<Outcome<null, "not_found" | "own_account" | "no_factors">> {
  if (personId === admin.personId) return refused("own_account");
  // Nobody but their owner reaches factors: the system removes them, and the trace names who asked.
  return asPerson(systemActor("remove-factors"), async (tx) => {
    const person = await claimColleague(tx, admin, personId);
    if (!person) return refused("not_found");
    const { count } = await tx.person.updateMany({
      where: { id: personId, secondFactorAt: { not: null } },
      data: { secondFactorAt: null },
    });
    if (count === 0) return refused("no_factors");
    const removed = await takeAll(tx, personId);
    const ended = await endOtherDoors(tx, personId, null, now);
    await announceChange(tx, person, "factors_removed");
    await writeAudit(tx, admin, "person.factors_removed", {
      objectType: "person",
      objectId: personId,
      purpose: reason,
      facts: { ...removed, ...ended },
    });
    return done(null);
  });
}

async function takeAll(tx: Tx, personId: string): Promise<{ authenticators: number; passkeys: number }> {
  const { count: authenticators } = await tx.authenticator.deleteMany({ where: { personId } });
  const { count: passkeys } = await tx.passkey.deleteMany({ where: { personId } });
  await tx.recoveryCode.deleteMany({ where: { personId } });
  return { authenticators, passkeys };
}
