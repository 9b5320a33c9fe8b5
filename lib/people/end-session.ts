import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";

/** Ends one of the person's own browser sessions; a copied cookie is dead with the next request. */
export async function endSession(person: SignedIn, sessionId: string): Promise<Outcome<null, "not_found">> {
  return asPerson(person, async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { id: sessionId, personId: person.personId } });
    if (count === 0) return refused("not_found");
    await writeAudit(tx, person, "session.ended", { objectType: "session", objectId: sessionId });
    return done(null);
  });
}

/** Ends every browser session of the person, on every device. */
export async function endAllSessions(person: SignedIn): Promise<number> {
  return asPerson(person, async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { personId: person.personId } });
    await writeAudit(tx, person, "session.ended_everywhere", {
      objectType: "person",
      objectId: person.personId,
      facts: { count },
    });
    return count;
  });
}
