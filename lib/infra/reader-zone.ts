import "server-only";
import { cookies } from "next/headers";

/** Told by the reader's browser (instrumentation-client.ts); holds an IANA name such as "Asia/Dubai". */
export const ZONE_COOKIE = "valvia_zone";

/** The time zone of whoever reads this page; UTC until their browser has told it. */
export async function readerZone(): Promise<string> {
  return (await toldZone()) ?? "UTC";
}

/** The time zone the browser has told, or null. */
export async function toldZone(): Promise<string | null> {
  const told = (await cookies()).get(ZONE_COOKIE)?.value ?? "";
  return isZone(told) ? told : null;
}

function isZone(text: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/.test(text)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone !== "";
  } catch {
    // Not a zone this server knows: the reader gets UTC, named as such.
    return false;
  }
}
