import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { openFor } from "@/lib/infra/auth-secret";
import { asPerson, type Tx } from "@/lib/infra/db";
import { forgive, spend } from "@/lib/infra/rate-limit";
import { announceChange } from "./announce-change";
import { checkOwner, holdOwner } from "./check-owner";
import type { ConfirmAuthenticatorForm } from "./forms";
import { stepOf } from "./one-time-code";
import { readCode } from "./recovery-code";
import { type FromBrowser, settleFactor } from "./settle-factor";

type Refusal =
  | "wrong_code"
  | "not_started"
  | "wrong_password"
  | "too_many"
  | "step_up_required"
  | "password_changed";

/** A code of the new app shows that it works; from here on it counts. Answers recovery codes with the first factor. */
export async function confirmAuthenticator(
  person: SignedIn,
  form: ConfirmAuthenticatorForm,
  from: FromBrowser,
  now: Date,
): Promise<Outcome<{ codes: string[] }, Refusal>> {
  const retryAfter = await spend("factor_try", person.personId);
  if (retryAfter) return refused("too_many", { retryAfter });
  const owner = await checkOwner(person, form.password, from, now);
  if (!owner.ok) return owner;
  const confirmed = await asPerson(person, async (tx): Promise<Outcome<{ codes: string[] }, Refusal>> => {
    const held = await holdOwner(tx, person, owner.value, from.sessionId, now);
    if (!held.ok) return held;
    const judged = await confirm(tx, person.personId, form.code, now);
    if (!judged.ok) return judged;
    const { codes, ...facts } = await settleFactor(tx, person, from.sessionId, now);
    await announceChange(tx, person, "authenticator_added");
    await writeAudit(tx, person, "person.authenticator_added", {
      objectType: "person",
      objectId: person.personId,
      facts,
    });
    return done({ codes });
  });
  if (confirmed.ok) await forgive("factor_try", person.personId);
  return confirmed;
}

async function confirm(
  tx: Tx,
  personId: string,
  typed: string,
  now: Date,
): Promise<Outcome<null, "wrong_code" | "not_started">> {
  const app = await tx.authenticator.findUnique({ where: { personId } });
  if (!app || app.confirmedAt) return refused("not_started");
  const code = readCode(typed);
  const step = code?.kind === "app" ? stepOf(openFor(personId, app.secretSealed), code.code, now) : null;
  if (step === null) return refused("wrong_code", { path: "code" });
  const { count } = await tx.authenticator.updateMany({
    where: { personId, confirmedAt: null },
    data: { confirmedAt: now, lastStep: step },
  });
  return count === 1 ? done(null) : refused("not_started");
}
