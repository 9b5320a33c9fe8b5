import "server-only";
import { createHash } from "node:crypto";

/** SHA-256 in lower-case hex: how tokens, texts and estimates are kept and compared. */
export function sha256(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

/** One mark for what is the same, whatever the order of its fields: of something shown, to see later whether it changed. */
export function markOf(value: unknown): string {
  return sha256(JSON.stringify(value ?? null, inOrder));
}

function inOrder(_name: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
