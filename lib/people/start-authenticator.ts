import "server-only";
import { randomBytes } from "node:crypto";
import type { SignedIn } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { sealFor } from "@/lib/infra/auth-secret";
import { asPerson } from "@/lib/infra/db";
import { SECRET_BYTES } from "./one-time-code";

/** Makes the secret an authenticator app is told. It counts for nothing until a code of it was typed. */
export async function startAuthenticator(
  person: SignedIn,
  now: Date,
): Promise<Outcome<null, "authenticator_on">> {
  const { personId } = person;
  const secretSealed = sealFor(personId, randomBytes(SECRET_BYTES));
  return asPerson(person, async (tx) => {
    const fresh = { secretSealed, startedAt: now };
    const { count } = await tx.authenticator.updateMany({
      where: { personId, confirmedAt: null },
      data: fresh,
    });
    if (count === 1) return done(null);
    const made = await tx.authenticator.createMany({ data: [{ personId, ...fresh }], skipDuplicates: true });
    return made.count === 1 ? done(null) : refused("authenticator_on");
  });
}
