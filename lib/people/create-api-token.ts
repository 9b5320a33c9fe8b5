import "server-only";
import { newId, newToken } from "@/lib/kernel/ids";
import type { SignedIn } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { systemActor } from "@/lib/infra/session";
import { checkFactor } from "./check-factor";
import { checkPassword } from "./check-password";
import type { CreateTokenForm, NewTokenForm, TokenScope } from "./forms";
import { holdPerson } from "./hold-person";

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

/** The same in the account, unless the browser it is asked from has been signed out meanwhile. */
export async function issueOwnToken(
  person: SignedIn,
  sessionId: string,
  form: NewTokenForm,
): Promise<Outcome<MadeToken, "unauthorized">> {
  const { personId } = person;
  return asPerson(systemActor("api-token"), async (tx) => {
    await holdPerson(tx, personId);
    if ((await tx.session.count({ where: { id: sessionId, personId } })) === 0)
      return refused("unauthorized");
    return done(await keepToken(tx, personId, form, null));
  });
}

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
  { name, scope }: NewTokenForm,
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
