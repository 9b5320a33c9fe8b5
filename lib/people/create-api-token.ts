import "server-only";
import { newId, newToken } from "@/lib/kernel/ids";
import type { SignedIn } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { systemActor } from "@/lib/infra/session";
import { checkFactor } from "./check-factor";
import { checkOwner, holdOwner } from "./check-owner";
import { checkPassword } from "./check-password";
import type { CreateTokenForm, NewTokenForm, TokenScope } from "./forms";
import { holdPerson } from "./hold-person";
import type { FromBrowser } from "./settle-factor";

interface MadeToken {
  id: string;
  token: string;
}

/** Makes a bearer token for somebody already proven. Its text is answered once; the database keeps the hash. */
export async function issueApiToken(
  personId: string,
  name: string,
  scope: TokenScope = "all",
  mfaAt: Date | null = null,
): Promise<MadeToken> {
  return asPerson(systemActor("api-token"), (tx) => keepToken(tx, personId, { name, scope }, mfaAt));
}

/**
 * The same in the account, for the owner alone: a token outlives the browser it was made in, so whoever finds one open
 * proves as much as for a new way to sign in.
 */
export async function issueOwnToken(
  person: SignedIn,
  form: NewTokenForm,
  from: FromBrowser,
  now: Date,
): Promise<Outcome<MadeToken, OwnRefusal>> {
  const owner = await checkOwner(person, form.password, from, now);
  if (!owner.ok) return owner;
  return asPerson(systemActor("api-token"), async (tx) => {
    await holdPerson(tx, person.personId);
    const held = await holdOwner(tx, person, owner.value, from.sessionId, now);
    return held.ok ? done(await keepToken(tx, person.personId, form, null)) : held;
  });
}

type OwnRefusal = "wrong_password" | "too_many" | "step_up_required" | "password_changed";
type Refusal = "wrong_password" | "too_many" | "otp_required" | "wrong_code";

/** Address and password for a bearer token, with a code from whoever signs in in two steps. */
export async function createApiToken(
  form: CreateTokenForm,
  fromAddress: string,
): Promise<Outcome<MadeToken, Refusal>> {
  const checked = await checkPassword(form.email, form.password, fromAddress);
  if (!checked.ok) return checked;
  const { id, hasFactor, passwordHash } = checked.value;
  if (hasFactor && form.otp === undefined) return refused("otp_required");
  const mfaAt = hasFactor ? new Date() : null;
  if (mfaAt) {
    const proven = await checkFactor(id, form.otp ?? "", mfaAt);
    if (!proven.ok) return proven;
  }
  return asPerson(systemActor("api-token"), async (tx) => {
    const person = await holdPerson(tx, id);
    // Changed while it was compared: what was proven then opens nothing now.
    if (person?.passwordHash !== passwordHash) return refused("wrong_password");
    if ((person.secondFactorAt !== null) !== hasFactor)
      return refused(hasFactor ? "wrong_code" : "otp_required");
    return done(await keepToken(tx, id, form, mfaAt));
  });
}

async function keepToken(
  tx: Tx,
  personId: string,
  { name, scope }: Pick<NewTokenForm, "name" | "scope">,
  mfaAt: Date | null,
): Promise<MadeToken> {
  const made = { id: newId(), token: newToken("vlv_") };
  await tx.apiToken.create({
    data: { id: made.id, personId, name, tokenHash: sha256(made.token), scopes: [scope], mfaAt },
  });
  await writeAudit(tx, systemActor("api-token"), "token.created", {
    objectType: "person",
    objectId: personId,
  });
  return made;
}
