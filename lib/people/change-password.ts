import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, openDb } from "@/lib/infra/db";
import { hashPassword, isPasswordQueueFull } from "@/lib/infra/password";
import { announceChange } from "./announce-change";
import { checkPassword } from "./check-password";
import { endOtherDoors } from "./end-session";
import type { ChangePasswordForm } from "./forms";

type Refusal = "not_found" | "wrong_password" | "too_many" | "password_changed";

const QUEUE_SECONDS = 10;

/**
 * Sets another password. Who has one proves it again, with the limits of signing in; who came by a link and has none
 * sets the first. Every other browser is signed out and every token ends:
 * if somebody else was in, they are out.
 */
export async function changePassword(
  person: SignedIn,
  form: ChangePasswordForm,
  from: { address: string; sessionId: string },
  now: Date,
): Promise<Outcome<null, Refusal>> {
  const before = await openDb().person.findUnique({
    where: { id: person.personId },
    select: { passwordHash: true },
  });
  if (!before) return refused("not_found");
  const { passwordHash: old } = before;
  if (old !== null) {
    const proven = await checkPassword(person.email, form.oldPassword, from.address);
    if (!proven.ok) return { ...proven, detail: { ...proven.detail, path: "oldPassword" } };
  }
  if (isPasswordQueueFull()) return refused("too_many", { retryAfter: QUEUE_SECONDS });
  const passwordHash = await hashPassword(form.newPassword);
  return asPerson(person, async (tx) => {
    const { personId } = person;
    // Of two changes at once the second has proven a password that is no longer there.
    const { count } = await tx.person.updateMany({
      where: { id: personId, passwordHash: old },
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
