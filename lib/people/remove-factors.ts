import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { spend } from "@/lib/infra/rate-limit";
import { systemActor } from "@/lib/infra/session";
import { announceChange } from "./announce-change";
import { claimColleague, claimPatient } from "./claim-colleague";
import { endOtherDoors } from "./end-session";
import type { RemoveFactorsForm, RemovePatientFactorsForm } from "./forms";

/**
 * For a colleague who has lost every factor and every recovery code: takes all of them off the account and closes every
 * door. Where staff owe a second factor the next sign-in opens nothing but the page that sets one up. Never one's own:
 * whoever holds an administrator's open browser must not get rid of what guards it.
 */
export async function removeFactors(
  admin: Admin,
  personId: string,
  { reason }: RemoveFactorsForm,
  now: Date,
): Promise<Outcome<null, "not_found" | "own_account" | "no_factors">> {
  if (personId === admin.personId) return refused("own_account");
  // Nobody but their owner reaches factors: the system removes them, and the trace names who asked.
  return asPerson(systemActor("remove-factors"), async (tx) => {
    const person = await claimColleague(tx, admin, personId);
    if (!person) return refused("not_found");
    return (await takeAll(tx, admin, { ...person, id: personId, reason }, now))
      ? done(null)
      : refused("no_factors");
  });
}

/**
 * The same for a patient, who is found by their exact address alone: administrators have no list of patients. Nobody of
 * that address, a colleague, and a patient without a second step are one answer.
 */
export async function removePatientFactors(
  admin: Admin,
  { email, reason }: RemovePatientFactorsForm,
  now: Date,
): Promise<Outcome<null, "no_factors_there" | "too_many">> {
  const retryAfter = await spend("patient_factors", admin.personId);
  if (retryAfter) return refused("too_many", { retryAfter });
  return asPerson(systemActor("remove-factors"), async (tx) => {
    const person = await claimPatient(tx, admin, email);
    const isTaken = person !== null && (await takeAll(tx, admin, { ...person, reason }, now));
    return isTaken ? done(null) : refused("no_factors_there");
  });
}

interface Loser {
  id: string;
  email: string;
  locale: string;
  /** How it was made sure who asks. */
  reason: RemoveFactorsForm["reason"];
}

/** False when there is nothing to take. */
async function takeAll(tx: Tx, admin: Admin, { reason, ...person }: Loser, now: Date): Promise<boolean> {
  const { id: personId } = person;
  const { count } = await tx.person.updateMany({
    where: { id: personId, secondFactorAt: { not: null } },
    data: { secondFactorAt: null },
  });
  if (count === 0) return false;
  const { count: authenticators } = await tx.authenticator.deleteMany({ where: { personId } });
  const { count: passkeys } = await tx.passkey.deleteMany({ where: { personId } });
  await tx.recoveryCode.deleteMany({ where: { personId } });
  const ended = await endOtherDoors(tx, personId, null, now);
  await announceChange(tx, person, "factors_removed");
  await writeAudit(tx, admin, "person.factors_removed", {
    objectType: "person",
    objectId: personId,
    purpose: reason,
    facts: { authenticators, passkeys, ...ended },
  });
  return true;
}
