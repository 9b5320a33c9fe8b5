import "server-only";
import { createHmac } from "node:crypto";
import { env } from "./env";

/**
 * HMAC-SHA-256 under a key of its own for each scope, derived from the deployment's secret: the same value gives the same
 * digest within a scope, and nobody without the secret finds the value or matches two scopes.
 */
export function digestWithin(scope: string): (value: string) => Uint8Array {
  const key = createHmac("sha256", env().AUTH_SECRET).update(`digest:${scope}`).digest();
  return (value) => createHmac("sha256", key).update(value).digest();
}
