import "server-only";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { readProof } from "@/lib/infra/auth-passkey";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import type { PasskeyProof } from "./forms";
import { takeChallenge } from "./start-passkey";

/**
 * Whose passkey has signed what was asked, by a finger, a face or a PIN. `expected` is who it must be; null lets the
 * passkey say it. Unknown, foreign, stale and forged are one answer.
 */
export async function checkPasskey(
  proof: PasskeyProof,
  expected: string | null,
  now: Date,
): Promise<Outcome<{ personId: string }, "passkey_refused">> {
  const system = systemActor("passkey");
  const kept = await asPerson(system, (tx) =>
    tx.passkey.findUnique({ where: { credentialId: proof.id }, include: { person: true } }),
  );
  if (!kept || kept.person.erasedAt || (expected !== null && kept.personId !== expected))
    return refused("passkey_refused");
  const take = takeChallenge(expected === null ? "sign_in" : "prove", expected, now);
  const counter = await readProof(proof, kept, take);
  if (counter === null) return refused("passkey_refused");
  const { count } = await asPerson(system, (tx) =>
    tx.passkey.updateMany({
      // A counter another use has moved meanwhile is an older state of the key.
      where: { id: kept.id, counter: kept.counter },
      data: { counter: BigInt(counter), lastUsedAt: now },
    }),
  );
  return count === 1 ? done({ personId: kept.personId }) : refused("passkey_refused");
}
