import "server-only";

/** The address a request came from, as the reverse proxy in front wrote it; one bucket for everybody without a proxy. */
export function clientAddress(headers: Headers): string {
  return headers.get("x-real-ip") ?? headers.get("x-forwarded-for")?.split(",")[0]?.trim() ?? "local";
}

const LOOPBACK = new Set(["local", "127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** A request that reached this process directly on the machine; a proxy in front always names the client. */
export function isLoopback(headers: Headers): boolean {
  return LOOPBACK.has(clientAddress(headers));
}
