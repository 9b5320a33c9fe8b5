import "server-only";
import type { AuthOptions } from "next-auth";
import EmailProvider from "next-auth/providers/email";
import { newToken } from "@/lib/kernel/ids";
import { authAdapter, type LinkDoor } from "./auth-adapter";
import { sessionCookieName } from "./auth-cookies";
import { asPerson } from "./db";
import { env } from "./env";
import { sha256 } from "./hash";
import { queueMail } from "./mailer";
import { systemActor } from "./session";

const LINK_MINUTES = 10;

/** next-auth with database sessions. Passwords are checked by our own action, which opens the same kind of session. */
export function authOptions(door: LinkDoor): AuthOptions {
  const adapter = authAdapter(door);
  return {
    secret: env().AUTH_SECRET,
    adapter,
    session: { strategy: "database", generateSessionToken: () => newToken() },
    pages: { signIn: "/en/signin", error: "/en/signin", verifyRequest: "/en/signin?sent=1" },
    providers: [
      EmailProvider({
        maxAge: LINK_MINUTES * 60,
        // The link is made by our own verb; the stock mail with a one-click link is never sent.
        sendVerificationRequest: () => Promise.reject(new Error("Ask for a link on the sign-in page.")),
      }),
    ],
    callbacks: {
      // A link proves an address, it does not open accounts.
      signIn: async ({ user }) => Boolean(user.email && (await adapter.getUserByEmail?.(user.email))),
      session: ({ session, user }) => ({
        expires: session.expires,
        user: { name: user.name, email: user.email },
      }),
    },
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: env().APP_URL.startsWith("https:") },
      },
    },
  };
}

/**
 * Makes a sign-in link and queues the mail. The token stands in the fragment, so that no log and no mail scanner
 * uses it up: the page it opens has the button that does.
 */
export async function queueSignInLink(
  person: { email: string; locale: string },
  next: string,
  template: "sign_in_link" | "account_confirm" = "sign_in_link",
): Promise<void> {
  const token = newToken();
  const system = systemActor("sign-in-link");
  await asPerson(system, async (tx) => {
    const expiresAt = new Date(Date.now() + LINK_MINUTES * 60_000);
    // next-auth looks links up by SHA-256 of token and secret.
    await tx.signInLink.create({
      data: { identifier: person.email, tokenHash: sha256(`${token}${env().AUTH_SECRET}`), expiresAt },
    });
    const fragment = new URLSearchParams({ token, email: person.email, next });
    await queueMail(tx, {
      to: person.email,
      locale: person.locale,
      template,
      path: `/${person.locale}/signin/link#${fragment}`,
    });
  });
}
