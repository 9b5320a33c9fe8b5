import "server-only";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { checkPassword, type KnownPerson } from "./check-password";
import type { SignInForm } from "./forms";
import { openDoor, type OpenedDoor } from "./open-door";

export type SignedInBy = OpenedDoor & { person: Pick<KnownPerson, "id" | "roles"> };

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
  const { id, roles, passwordHash } = checked.value;
  const entry = { by: { passwordHash }, userAgent: from.userAgent, next: form.next ?? null };
  const opened = await openDoor(id, entry, new Date());
  // Changed while it was compared: the old password is a wrong one now.
  return opened ? done({ person: { id, roles }, ...opened }) : refused("wrong_password");
}
