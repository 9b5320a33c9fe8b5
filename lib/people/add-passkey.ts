import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { readRegistration } from "@/lib/infra/auth-passkey";
import { asPerson } from "@/lib/infra/db";
import { isUniqueViolation } from "@/lib/infra/db-errors";
import { announceChange } from "./announce-change";
import { checkOwner, holdOwner } from "./check-owner";
import type { AddPasskeyForm } from "./forms";
import { type FromBrowser, settleFactor } from "./settle-factor";
import { takeChallenge } from "./start-passkey";

type Refusal =
  | "passkey_refused"
  | "passkey_known"
  | "step_up_required"
  | "password_changed"
  | "wrong_password"
  | "too_many";

/** Keeps the public half of a passkey a device has just made. Answers recovery codes with the first factor. */
export async function addPasskey(
  person: SignedIn,
  { name, password, response }: AddPasskeyForm,
  from: FromBrowser,
  now: Date,
): Promise<Outcome<{ codes: string[] }, Refusal>> {
  const owner = await checkOwner(person, password, from, now);
  if (!owner.ok) return owner;
  const { personId } = person;
  const made = await readRegistration(response, takeChallenge("register", personId, now));
  if (!made) return refused("passkey_refused");
  const { transports } = response.response;
  try {
    return await asPerson(person, async (tx) => {
      const held = await holdOwner(tx, person, owner.value, from.sessionId, now);
      if (!held.ok) return held;
      const data = { personId, name, transports, ...made, createdAt: now };
      const { id } = await tx.passkey.create({ data });
      const { codes, ...facts } = await settleFactor(tx, person, from.sessionId, now);
      await announceChange(tx, person, "passkey_added");
      await writeAudit(tx, person, "person.passkey_added", { objectType: "passkey", objectId: id, facts });
      return done({ codes });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return refused("passkey_known");
  }
}
