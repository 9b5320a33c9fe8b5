import "server-only";

/** The address a request came from, as the reverse proxy in front wrote it; one bucket for everybody without a proxy. */
export function clientAddress(headers: Headers): string {
  return headers.get("x-real-ip") ?? headers.get("x-forwarded-for")?.split(",")[0]?.trim() ?? "local";
}
