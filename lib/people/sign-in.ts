import "server-only";
import { type Outcome, done } from "@/lib/kernel/outcome";
import { checkPassword, type KnownPerson } from "./check-password";
import type { SignInForm } from "./forms";
import { openDoor, type OpenedDoor } from "./open-door";

export type SignedInBy = OpenedDoor & { person: KnownPerson };

/**
 * Opens a browser session for somebody who knows the password, or holds it until they have taken their second step; the
 * door puts the token into the cookie that belongs to its state.
 */
export async function signIn(
  form: SignInForm,
  from: { address: string; userAgent: string | null },
): Promise<Outcome<SignedInBy, "wrong_password" | "too_many">> {
  const checked = await checkPassword(form.email, form.password, from.address);
  if (!checked.ok) return checked;
  const person = checked.value;
  const entry = { userAgent: from.userAgent, next: form.next ?? null };
  return done({ person, ...(await openDoor(person.id, entry, new Date())) });
}
