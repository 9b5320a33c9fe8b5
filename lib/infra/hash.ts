import "server-only";
import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** SHA-256 in lower-case hex: how tokens, texts and estimates are kept and compared. */
export function sha256(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

export function hmacSha256(key: string | Uint8Array, text: string): string {
  return createHmac("sha256", key).update(text).digest("hex");
}

export function sameText(one: string, other: string): boolean {
  const left = Buffer.from(one);
  const right = Buffer.from(other);
  return left.length === right.length && timingSafeEqual(left, right);
}
