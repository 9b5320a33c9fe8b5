import "server-only";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { queueSignInLink } from "@/lib/infra/auth";
import { asPerson } from "@/lib/infra/db";
import { isUniqueViolation } from "@/lib/infra/db-errors";
import { isDemo } from "@/lib/infra/env";
import { queueMail } from "@/lib/infra/mailer";
import { hashPassword, isPasswordQueueFull } from "@/lib/infra/password";
import { spend } from "@/lib/infra/rate-limit";
import { systemActor } from "@/lib/infra/session";
import type { CreateAccountForm } from "./forms";

type Refusal = "account_known" | "too_many";

/**
 * Opens an account for a private person. A known address is answered by a mail to its owner and the refusal
 * `account_known`, which the doors must show exactly like a success that waits for the mail.
 */
export async function createAccount(
  form: CreateAccountForm,
  fromAddress: string,
): Promise<Outcome<{ id: string }, Refusal>> {
  const retryAfter = await spend("account_address", fromAddress);
  if (retryAfter || isPasswordQueueFull()) return refused("too_many", { retryAfter: retryAfter ?? 10 });
  // The hash is made for known addresses too, so that both cost the same time.
  const passwordHash = await hashPassword(form.password);
  const system = systemActor("sign-up");
  const id = newId();
  try {
    await asPerson(system, async (tx) => {
      const { email, name, locale } = form;
      await tx.person.create({
        data: {
          ...{ id, email, name, locale, passwordHash },
          ...{ kind: "private", roles: ["patient"], emailVerifiedAt: isDemo() ? new Date() : null },
        },
      });
      await writeAudit(tx, system, "account.created", { objectType: "person", objectId: id });
      if (isDemo())
        await queueMail(tx, { to: email, locale, template: "account_welcome", path: `/${locale}/my` });
    });
    // Before the link of this mail was used, the password opens nothing.
    if (!isDemo()) await queueSignInLink(form, `/${form.locale}/account`, "account_confirm");
    return done({ id });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
  await tellOwner(form);
  return refused("account_known");
}

/** A few mails an hour: nobody fills somebody's mailbox by opening accounts in their name. */
async function tellOwner({ email, locale }: CreateAccountForm): Promise<void> {
  if (await spend("mail_known", email)) return;
  const path = `/${locale}/signin`;
  await asPerson(systemActor("sign-up"), (tx) =>
    queueMail(tx, { to: email, locale, template: "account_known", path }),
  );
}
