import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import type { Tx } from "@/lib/infra/db";
import { queueMail } from "@/lib/infra/mailer";

/** What of somebody's way to sign in has changed; each is the name of a mail. */
export type SignInChange =
  | "authenticator_added"
  | "authenticator_removed"
  | "passkey_added"
  | "passkey_removed"
  | "recovery_codes_changed"
  | "factors_removed"
  | "password_changed";

/**
 * Tells the owner of an account what changed about signing in, in the transaction of the change: if it was not they who
 * changed it, this mail is how they learn.
 */
export async function announceChange(
  tx: Tx,
  { email, locale }: Pick<SignedIn, "email" | "locale">,
  template: SignInChange,
): Promise<void> {
  const page = template === "password_changed" ? "account" : "account/second-factor";
  await queueMail(tx, { to: email, locale, template, path: `/${locale}/${page}` });
}
