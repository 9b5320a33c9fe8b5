import { createHash } from "node:crypto";
import { StripeError } from "./errors";
import type { Fields, Tree } from "./form-body";
import type { Sandbox } from "./sandbox";
import type { SavedAnswer } from "./tables";

const keptFor = 24 * 60 * 60;
const keyMax = 255;

export function checkKey(key: string): void {
  if (key.length <= keyMax) return;
  throw new StripeError(400, {
    type: "invalid_request_error",
    message: `Idempotency keys may be at most ${keyMax} characters.`,
  });
}

/** The same request has the same fingerprint, in whatever order its fields stand. */
export function fingerprintOf(method: string, path: string, fields: Fields): string {
  const text = JSON.stringify([method, path, sorted(fields)]);
  return createHash("sha256").update(text).digest("hex");
}

function sorted(tree: Tree): unknown {
  if (typeof tree === "string") return tree;
  if (Array.isArray(tree)) return tree.map(sorted);
  return Object.keys(tree)
    .sort()
    .map((field) => [field, sorted(tree[field] ?? "")]);
}

/** The answer given before under this key. @throws StripeError when it was given to another request. */
export function savedAnswer(sandbox: Sandbox, key: string, fingerprint: string): SavedAnswer | null {
  const saved = sandbox.store.get("answers", key);
  if (saved === undefined || saved.savedAt + keptFor <= sandbox.now()) return null;
  if (saved.fingerprint === fingerprint) return saved;
  throw new StripeError(400, {
    type: "idempotency_error",
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  });
}

export function keyInUse(key: string): StripeError {
  return new StripeError(409, {
    type: "idempotency_error",
    code: "idempotency_key_in_use",
    message: `There is currently another in-progress request using this Idempotent Key (${key}). Please try again later.`,
  });
}

/** As at Stripe, a request refused before any work began leaves its key free. */
export function worthSaving(status: number, code: string | undefined): boolean {
  return status !== 404 && !(code ?? "").startsWith("parameter_");
}
