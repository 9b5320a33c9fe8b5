import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { announceChange } from "./announce-change";
import { isFresh } from "./check-owner";
import { lockFactors, settleFactor } from "./settle-factor";

/** Switches the authenticator app off. Asks for a proof of the second factor a moment ago, never for less. */
export async function removeAuthenticator(
  person: SignedIn,
  sessionId: string,
  now: Date,
): Promise<Outcome<null, "not_found" | "step_up_required">> {
  const { personId } = person;
  return asPerson(person, async (tx) => {
    await lockFactors(tx, personId, sessionId);
    if (!(await isFresh(tx, person, sessionId, now))) return refused("step_up_required");
    const { count } = await tx.authenticator.deleteMany({ where: { personId, confirmedAt: { not: null } } });
    if (count === 0) return refused("not_found");
    const { sessions, tokens } = await settleFactor(tx, person, sessionId, now);
    await announceChange(tx, person, "authenticator_removed");
    await writeAudit(tx, person, "person.authenticator_removed", {
      objectType: "person",
      objectId: personId,
      facts: { sessions, tokens },
    });
    return done(null);
  });
}
