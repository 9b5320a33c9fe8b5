import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";

/** Makes one of the person's own tokens useless from the next request on. */
export async function revokeApiToken(
  person: SignedIn,
  tokenId: string,
  now: Date,
): Promise<Outcome<null, "not_found">> {
  return asPerson(person, async (tx) => {
    const { count } = await tx.apiToken.updateMany({
      where: { id: tokenId, personId: person.personId, revokedAt: null },
      data: { revokedAt: now },
    });
    if (count === 0) return refused("not_found");
    await writeAudit(tx, person, "token.revoked", { objectType: "token", objectId: tokenId });
    return done(null);
  });
}
