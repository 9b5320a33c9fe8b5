import "server-only";
import { type Outcome, done } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { openSession, systemActor } from "@/lib/infra/session";
import { checkPassword, type KnownPerson } from "./check-password";
import type { SignInForm } from "./forms";

/** Opens a browser session for somebody who knows the password; the door puts the token into the cookie. */
export async function signIn(
  form: SignInForm,
  from: { address: string; userAgent: string | null },
): Promise<
  Outcome<{ person: KnownPerson; token: string; endsLatestAt: Date }, "wrong_password" | "too_many">
> {
  const checked = await checkPassword(form.email, form.password, from.address);
  if (!checked.ok) return checked;
  const person = checked.value;
  const system = systemActor("sign-in");
  const session = await asPerson(system, async (tx) => {
    await writeAudit(tx, system, "session.opened", { objectType: "person", objectId: person.id });
    return openSession(tx, person, from.userAgent);
  });
  return done({ person, ...session });
}
