import "server-only";
import { cookies } from "next/headers";
import { sessionCookieName } from "./auth-cookies";
import { idleMinutes } from "./auth-life";
import { sessionOf } from "./auth-rows";

/** After how many minutes of quiet whoever uses this browser was signed out; null when that is not why they are nobody here. */
export async function idleEndMinutes(now: Date): Promise<number | null> {
  const token = (await cookies()).get(sessionCookieName())?.value;
  const session = token ? await sessionOf(token) : null;
  if (!session || session.person.erasedAt !== null) return null;
  const endedByQuiet = session.endsAt <= now && session.endsLatestAt > now;
  return endedByQuiet ? idleMinutes(session.person.roles) : null;
}
