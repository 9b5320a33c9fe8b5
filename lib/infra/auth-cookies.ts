import "server-only";
import { cookies } from "next/headers";
import { env } from "./env";

/** Whether this site is reached by https alone: then no cookie of ours leaves without it. */
export const isSecure = (): boolean => env().APP_URL.startsWith("https:");

/** Holds the token of a session. On https its name alone keeps it on this host and this path. */
export function sessionCookieName(): string {
  return isSecure() ? "__Host-valvia" : "valvia";
}

export async function setSessionCookie(token: string, expires: Date): Promise<void> {
  const jar = await cookies();
  jar.set(sessionCookieName(), token, {
    httpOnly: true,
    sameSite: "lax",
    secure: isSecure(),
    path: "/",
    expires,
  });
}

/** Holds the token of a sign-in that waits for its second step. It opens nothing by itself. */
export function pendingCookieName(): string {
  return isSecure() ? "__Host-valvia-second" : "valvia-second";
}

export function pendingCookieOptions(expires: Date) {
  return { httpOnly: true, sameSite: "strict", secure: isSecure(), path: "/", expires } as const;
}

export async function setPendingCookie(token: string, heldUntil: Date): Promise<void> {
  (await cookies()).set(pendingCookieName(), token, pendingCookieOptions(heldUntil));
}

export async function pendingToken(): Promise<string | null> {
  return (await cookies()).get(pendingCookieName())?.value ?? null;
}

export async function clearPendingCookie(): Promise<void> {
  (await cookies()).delete(pendingCookieName());
}
