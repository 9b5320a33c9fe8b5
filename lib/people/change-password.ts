import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, openDb } from "@/lib/infra/db";
import { hashPassword, isPasswordQueueFull } from "@/lib/infra/password";
import { announceChange } from "./announce-change";
import { holdOwner, judgeOwner, type OwnerProof } from "./check-owner";
import { checkPassword } from "./check-password";
import { endOtherDoors } from "./end-session";
import type { ChangePasswordForm } from "./forms";
import type { FromBrowser } from "./settle-factor";

type Refusal = "wrong_password" | "too_many" | "password_changed" | "step_up_required";

const QUEUE_SECONDS = 10;

/**
 * Sets another password. Who has one proves it again, with the limits of signing in; who came by a link and has none
 * sets the first right after it; who signs in in two steps has just taken the second. Every other browser is signed out
 * and every token ends: if somebody else was in, they are out.
 */
export async function changePassword(
  person: SignedIn,
  form: ChangePasswordForm,
  from: FromBrowser,
  now: Date,
): Promise<Outcome<null, Refusal>> {
  const proven = await proveOld(person, form.oldPassword, from, now);
  if (!proven.ok) return proven;
  if (isPasswordQueueFull()) return refused("too_many", { retryAfter: QUEUE_SECONDS });
  const passwordHash = await hashPassword(form.newPassword);
  return asPerson(person, async (tx) => {
    const { personId } = person;
    const held = await holdOwner(tx, person, proven.value, from.sessionId, now);
    if (!held.ok) return held;
    // Of two changes at once the second has proven a password that is no longer there.
    const { count } = await tx.person.updateMany({
      where: { id: personId, passwordHash: proven.value.passwordHash },
      data: { passwordHash },
    });
    if (count === 0) return refused("password_changed");
    const facts = await endOtherDoors(tx, personId, from.sessionId, now);
    await announceChange(tx, person, "password_changed");
    await writeAudit(tx, person, "person.password_changed", {
      objectType: "person",
      objectId: personId,
      facts,
    });
    return done(null);
  });
}

/** The second step comes first: without it an open browser is no place to guess the password. */
async function proveOld(
  person: SignedIn,
  oldPassword: string,
  from: FromBrowser,
  now: Date,
): Promise<Outcome<OwnerProof, Refusal>> {
  const { passwordHash } = await openDb().person.findUniqueOrThrow({
    where: { id: person.personId },
    select: { passwordHash: true },
  });
  const judged = await judgeOwner(openDb(), person, { passwordHash }, from.sessionId, now);
  if (!judged.ok) return judged;
  if (passwordHash === null) return done({ passwordHash });
  const proven = await checkPassword(person.email, oldPassword, from.address);
  if (!proven.ok) return { ...proven, detail: { ...proven.detail, path: "oldPassword" } };
  return done({ passwordHash: proven.value.passwordHash });
}
