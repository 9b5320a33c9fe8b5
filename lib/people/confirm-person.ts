import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { checkFactor } from "./check-factor";
import { checkPasskey } from "./check-passkey";
import type { PasskeyProof } from "./forms";

/** The second step once more, in a browser signed in already: before money moves, roles change or factors change. */
export async function confirmPerson(
  person: SignedIn,
  sessionId: string,
  typed: string,
  now: Date,
): Promise<Outcome<null, "wrong_code" | "too_many" | "not_found">> {
  const checked = await checkFactor(person.personId, typed, now);
  return checked.ok ? noteProof(person, sessionId, now) : checked;
}

/** The same by a passkey. */
export async function confirmByPasskey(
  person: SignedIn,
  sessionId: string,
  proof: PasskeyProof,
  now: Date,
): Promise<Outcome<null, "passkey_refused" | "not_found">> {
  const checked = await checkPasskey(proof, person.personId, now);
  return checked.ok ? noteProof(person, sessionId, now) : checked;
}

/** Writes into the browser's session that its owner has just proven to be there. */
async function noteProof(
  person: SignedIn,
  sessionId: string,
  now: Date,
): Promise<Outcome<null, "not_found">> {
  return asPerson(person, async (tx) => {
    const own = { id: sessionId, personId: person.personId };
    const { count } = await tx.session.updateMany({ where: own, data: { mfaAt: now } });
    if (count === 0) return refused("not_found");
    await writeAudit(tx, person, "session.confirmed", { objectType: "session", objectId: sessionId });
    return done(null);
  });
}
