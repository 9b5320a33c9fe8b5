import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";

/** Another name for one's own passkey: what it opens stays the same. */
export async function editPasskey(
  person: SignedIn,
  { passkeyId, name }: { passkeyId: string; name: string },
): Promise<Outcome<null, "not_found">> {
  return asPerson(person, async (tx) => {
    const own = { id: passkeyId, personId: person.personId };
    const { count } = await tx.passkey.updateMany({ where: own, data: { name } });
    if (count === 0) return refused("not_found");
    await writeAudit(tx, person, "person.passkey_renamed", { objectType: "passkey", objectId: passkeyId });
    return done(null);
  });
}
