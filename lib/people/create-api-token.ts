import "server-only";
import { newId, newToken } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { systemActor } from "@/lib/infra/session";
import { checkFactor } from "./check-factor";
import { checkPassword } from "./check-password";
import type { CreateTokenForm, TokenScope } from "./forms";

/** Makes a bearer token for somebody already proven. Its text is answered once; the database keeps the hash. */
export async function issueApiToken(
  personId: string,
  name: string,
  scope: TokenScope = "all",
  mfaAt: Date | null = null,
): Promise<{ id: string; token: string }> {
  const id = newId();
  const token = newToken("vlv_");
  const system = systemActor("api-token");
  await asPerson(system, async (tx) => {
    await tx.apiToken.create({
      data: { id, personId, name, tokenHash: sha256(token), scopes: [scope], mfaAt },
    });
    await writeAudit(tx, system, "token.created", { objectType: "person", objectId: personId });
  });
  return { id, token };
}

type Refusal = "wrong_password" | "too_many" | "otp_required" | "wrong_code";

/** Address and password for a bearer token, with a code from whoever signs in in two steps. */
export async function createApiToken(
  form: CreateTokenForm,
  fromAddress: string,
): Promise<Outcome<{ id: string; token: string }, Refusal>> {
  const checked = await checkPassword(form.email, form.password, fromAddress);
  if (!checked.ok) return checked;
  const { id, hasFactor } = checked.value;
  if (!hasFactor) return done(await issueApiToken(id, form.name, form.scope));
  if (form.otp === undefined) return refused("otp_required");
  const now = new Date();
  const proven = await checkFactor(id, form.otp, now);
  return proven.ok ? done(await issueApiToken(id, form.name, form.scope, now)) : proven;
}
