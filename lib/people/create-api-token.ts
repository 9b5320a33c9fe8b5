import "server-only";
import { newId, newToken } from "@/lib/kernel/ids";
import { type Outcome, done } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { systemActor } from "@/lib/infra/session";
import { checkPassword } from "./check-password";
import type { CreateTokenForm, TokenScope } from "./forms";

/** Makes a bearer token for somebody already proven. Its text is answered once; the database keeps the hash. */
export async function issueApiToken(
  personId: string,
  name: string,
  scope: TokenScope = "all",
): Promise<{ id: string; token: string }> {
  const id = newId();
  const token = newToken("vlv_");
  const system = systemActor("api-token");
  await asPerson(system, async (tx) => {
    await tx.apiToken.create({ data: { id, personId, name, tokenHash: sha256(token), scopes: [scope] } });
    await writeAudit(tx, system, "token.created", { objectType: "person", objectId: personId });
  });
  return { id, token };
}

/** Address and password for a bearer token. */
export async function createApiToken(
  form: CreateTokenForm,
  fromAddress: string,
): Promise<Outcome<{ id: string; token: string }, "wrong_password" | "too_many">> {
  const checked = await checkPassword(form.email, form.password, fromAddress);
  if (!checked.ok) return checked;
  return done(await issueApiToken(checked.value.id, form.name, form.scope));
}
