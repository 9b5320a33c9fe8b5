import "server-only";
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { decodeClientDataJSON } from "@simplewebauthn/server/helpers";
import { env, ownOrigins } from "./env";

const TIMEOUT_MS = 120_000;

/** The name passkeys are bound to, and where they may be used; null where our address is a bare number. */
export function relyingParty(): { id: string; origins: string[] } | null {
  const origins = ownOrigins().filter((origin) => !/^\[?[\d.:a-f]+\]?$/.test(new URL(origin).hostname));
  const [first] = origins;
  return first === undefined ? null : { id: new URL(first).hostname, origins };
}

function party(): { id: string; origins: string[] } {
  const found = relyingParty();
  if (!found) throw new Error(`Passkeys need an address with a name; APP_URL is ${env().APP_URL}.`);
  return found;
}

interface Registrant {
  personId: string;
  email: string;
  name: string;
  /** Credentials this person has already: a device does not make a second one. */
  known: { id: string; transports: string[] }[];
}

/** What a browser is told to make a passkey. `challenge` is base64url. */
export function registrationOptions({ personId, email, name, known }: Registrant, challenge: string) {
  return generateRegistrationOptions({
    rpName: "Valvia",
    rpID: party().id,
    userName: email,
    userDisplayName: name,
    userID: new TextEncoder().encode(personId),
    challenge: bytesOf(challenge),
    timeout: TIMEOUT_MS,
    attestationType: "none",
    excludeCredentials: known,
    // Found without a name typed, and opened by a finger, a face or a PIN: both steps in one.
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

/** What a browser is told to use one; any of this site's without `known`. */
export function proofOptions(known: { id: string; transports: string[] }[], challenge: string) {
  return generateAuthenticationOptions({
    rpID: party().id,
    allowCredentials: known,
    challenge: bytesOf(challenge),
    timeout: TIMEOUT_MS,
    userVerification: "required",
  });
}

type Registration = Parameters<typeof verifyRegistrationResponse>[0]["response"];
type Proof = Parameters<typeof verifyAuthenticationResponse>[0]["response"];
type TakeChallenge = (challenge: string) => Promise<boolean>;

export interface NewCredential {
  credentialId: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: number;
}

/** Checks what a browser made; null when it is not what was asked for. */
export async function readRegistration(
  response: Registration,
  take: TakeChallenge,
): Promise<NewCredential | null> {
  const { id, origins } = party();
  const challenge = await takenChallenge(response.response.clientDataJSON, take);
  if (challenge === null) return null;
  const read = await orNull(() =>
    verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origins,
      expectedRPID: id,
      requireUserVerification: true,
    }),
  );
  if (!read?.verified) return null;
  const { credential } = read.registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: new Uint8Array(credential.publicKey),
    counter: credential.counter,
  };
}

/** Checks a signature against a kept passkey: the new counter, or null. A counter that stands still is a copy. */
export async function readProof(
  response: Proof,
  kept: { credentialId: string; publicKey: Uint8Array; counter: bigint },
  take: TakeChallenge,
): Promise<number | null> {
  const { id, origins } = party();
  const challenge = await takenChallenge(response.response.clientDataJSON, take);
  if (challenge === null) return null;
  const read = await orNull(() =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origins,
      expectedRPID: id,
      requireUserVerification: true,
      credential: {
        id: kept.credentialId,
        publicKey: new Uint8Array(kept.publicKey),
        counter: Number(kept.counter),
      },
    }),
  );
  return read?.verified ? read.authenticationInfo.newCounter : null;
}

/** The challenge this answers, when it was asked here and is taken now; before anything else is looked at. */
async function takenChallenge(clientDataJSON: string, take: TakeChallenge): Promise<string | null> {
  const data = await orNull(async () => decodeClientDataJSON(clientDataJSON));
  return data && typeof data.challenge === "string" && (await take(data.challenge)) ? data.challenge : null;
}

/** The library says by an error what does not fit; for the person at the door all of it is one answer. */
async function orNull<T>(check: () => Promise<T>): Promise<T | null> {
  try {
    return await check();
  } catch {
    // Nothing in here asks the database: only what a browser sent can be wrong.
    return null;
  }
}

function bytesOf(challenge: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(challenge, "base64url"));
}
