import "server-only";
import { isDemo } from "./env";

const NOBODY = "local";

type Headers = Pick<globalThis.Headers, "get">;

/**
 * Where a request came from. In production a reverse proxy stands in front and overwrites these headers; the demo has
 * none, so there anybody could write them, and everybody shares one bucket.
 */
export function clientAddress(headers: Headers): string {
  if (isDemo()) return NOBODY;
  // The last entry is the one the nearest proxy wrote; whatever stands before it came from outside.
  return headers.get("x-real-ip") ?? forwarded(headers).at(-1) ?? NOBODY;
}

const LOOPBACK = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** A request that reached this process directly on the machine; a proxy in front always names the client. */
export function isLoopback(headers: Headers): boolean {
  const named = [headers.get("x-real-ip"), ...forwarded(headers)].filter((address) => address !== null);
  return named.every((address) => LOOPBACK.has(address));
}

function forwarded(headers: Headers): string[] {
  const list = headers.get("x-forwarded-for") ?? "";
  return list.split(",").flatMap((entry) => entry.trim() || []);
}
