import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { announceChange } from "./announce-change";
import { isFresh } from "./check-owner";
import { lockFactors, settleFactor } from "./settle-factor";

/** Forgets one of one's own passkeys. Asks for a proof of the second factor a moment ago, never for less. */
export async function removePasskey(
  person: SignedIn,
  passkeyId: string,
  sessionId: string,
  now: Date,
): Promise<Outcome<null, "not_found" | "step_up_required">> {
  const { personId } = person;
  return asPerson(person, async (tx) => {
    await lockFactors(tx, personId, sessionId);
    if ((await tx.passkey.count({ where: { id: passkeyId, personId } })) === 0) return refused("not_found");
    if (!(await isFresh(tx, person, sessionId, now))) return refused("step_up_required");
    await tx.passkey.deleteMany({ where: { id: passkeyId, personId } });
    const { sessions, tokens } = await settleFactor(tx, person, sessionId, now);
    await announceChange(tx, person, "passkey_removed");
    await writeAudit(tx, person, "person.passkey_removed", {
      objectType: "passkey",
      objectId: passkeyId,
      facts: { sessions, tokens },
    });
    return done(null);
  });
}
