import "server-only";
import { addMinutes } from "@/lib/kernel/day";
import type { SignedIn } from "@/lib/kernel/actor";
import { newToken } from "@/lib/kernel/ids";
import { proofOptions, registrationOptions } from "@/lib/infra/auth-passkey";
import { asPerson } from "@/lib/infra/db";
import type { PasskeyPurpose } from "@/lib/infra/generated/enums";
import { sha256 } from "@/lib/infra/hash";
import { systemActor } from "@/lib/infra/session";

const MINUTES = 5;
const system = () => systemActor("passkey");

/** What the browser of somebody signed in is asked to make a passkey from. */
export async function startRegistration(person: SignedIn, now: Date) {
  const { personId, email, name } = person;
  const known = await credentialsOf(personId);
  return registrationOptions({ personId, email, name, known }, await ask("register", personId, now));
}

/** What a browser is asked to sign: by somebody known, or by whoever they turn out to be. */
export async function startProof(personId: string | null, now: Date) {
  const known = personId === null ? [] : await credentialsOf(personId);
  return proofOptions(known, await ask(personId === null ? "sign_in" : "prove", personId, now));
}

async function ask(purpose: PasskeyPurpose, personId: string | null, now: Date): Promise<string> {
  const challenge = newToken();
  await asPerson(system(), (tx) =>
    tx.passkeyChallenge.create({
      data: { challengeHash: sha256(challenge), purpose, personId, expiresAt: addMinutes(now, MINUTES) },
    }),
  );
  return challenge;
}

/** Whether this was asked, of this person and for this, a moment ago; once. */
export function takeChallenge(purpose: PasskeyPurpose, personId: string | null, now: Date) {
  return async (challenge: string): Promise<boolean> => {
    const asked = { challengeHash: sha256(challenge), purpose, personId, expiresAt: { gt: now } };
    const { count } = await asPerson(system(), (tx) => tx.passkeyChallenge.deleteMany({ where: asked }));
    return count === 1;
  };
}

async function credentialsOf(personId: string): Promise<{ id: string; transports: string[] }[]> {
  const kept = await asPerson(system(), (tx) => tx.passkey.findMany({ where: { personId } }));
  return kept.map(({ credentialId, transports }) => ({ id: credentialId, transports }));
}
