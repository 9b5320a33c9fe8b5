import "server-only";
import refusals from "@/locales/en/refusals.json";
import type { Refused } from "@/lib/kernel/outcome";

export interface FieldError {
  path: string;
  message: string;
}

/** An answer that is not the wished one, as RFC 9457 describes it. Thrown inside API routes. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string = sentenceOf(code),
    readonly errors: FieldError[] = [],
    readonly extra: Record<string, string | number> = {},
  ) {
    super(`${status} ${code}`);
  }

  toResponse(): Response {
    const body = {
      type: `https://valvia.example/problems/${this.code}`,
      title: titleOf(this.code),
      status: this.status,
      detail: this.detail,
      code: this.code,
      ...(this.errors.length > 0 ? { errors: this.errors } : {}),
      ...this.extra,
    };
    const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "no-store" });
    if (this.status === 429 || this.extra.retryAfter !== undefined)
      headers.set("retry-after", String(this.extra.retryAfter ?? 60));
    if (this.status === 401) headers.set("www-authenticate", "Bearer");
    return new Response(JSON.stringify(body), { status: this.status, headers });
  }
}

/** What a verb refused with, as a status: unknown things are 404, bad input 422, everything else a conflict. */
const STATUS: Record<string, number> = {
  not_found: 404,
  forbidden: 403,
  invalid: 422,
  too_many: 429,
  too_large: 413,
  wrong_type: 415,
  payment_provider_unavailable: 502,
  wrong_password: 401,
  otp_required: 401,
  wrong_code: 401,
  second_factor_missing: 403,
  step_up_required: 403,
  own_roles: 403,
  own_account: 403,
  own_work: 403,
  device_not_approved: 422,
  heart_team_missing: 422,
};

export function problemOf(refusal: Refused): Problem {
  const status = STATUS[refusal.reason] ?? (refusal.reason.startsWith("invalid_") ? 422 : 409);
  const errors =
    status === 422 ? [{ path: String(refusal.detail.path ?? ""), message: sentenceOf(refusal.reason) }] : [];
  return new Problem(status, refusal.reason, sentenceOf(refusal.reason), errors, refusal.detail);
}

function sentenceOf(code: string): string {
  const sentences: Record<string, string> = refusals;
  return sentences[code] ?? titleOf(code);
}

function titleOf(code: string): string {
  const words = code.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
