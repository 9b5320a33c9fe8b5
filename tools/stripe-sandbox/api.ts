import { timingSafeEqual } from "node:crypto";
import { balanceRoutes } from "./balance-transactions";
import { chargeRoutes } from "./charges";
import { checkoutSessionRoutes } from "./checkout-sessions";
import { customerRoutes } from "./customers";
import { disputeRoutes } from "./disputes";
import { StripeError, unauthorized, unrecognizedUrl } from "./errors";
import { eventRoutes } from "./events";
import { expanded, takeExpand } from "./expand";
import { parseForm, type Fields } from "./form-body";
import { jsonReply, type Reply, type Request } from "./http";
import { checkKey, fingerprintOf, keyInUse, savedAnswer, worthSaving } from "./idempotency";
import { newId } from "./ids";
import { paymentIntentRoutes } from "./payment-intents";
import { refundRoutes } from "./refunds";
import { findRoute, type Found } from "./routes";
import type { Sandbox } from "./sandbox";

const routes = [
  ...checkoutSessionRoutes,
  ...paymentIntentRoutes,
  ...chargeRoutes,
  ...refundRoutes,
  ...customerRoutes,
  ...disputeRoutes,
  ...balanceRoutes,
  ...eventRoutes,
];

type Answered = { status: number; body: object; code?: string };

/** Stripe's API: key, address, parameters, idempotency, answer. */
export class Api {
  private readonly inProgress = new Set<string>();

  constructor(
    private readonly sandbox: Sandbox,
    private readonly secretKey: string,
  ) {}

  async handle(request: Request): Promise<Reply> {
    const requestId = newId("req", 14);
    const headers = { "request-id": requestId, "stripe-version": request.header("stripe-version") ?? "" };
    try {
      this.checkSecret(request.header("authorization"));
      const found = findRoute(routes, request.method, request.path);
      if (found === null) throw unrecognizedUrl(request.method, request.path);
      const fields = parseForm(request.method === "POST" ? request.body : request.query);
      const key = request.method === "POST" ? request.header("idempotency-key") : undefined;
      if (key !== undefined) return await this.answerOnce(request, found, fields, key, headers);
      const { value } = await this.sandbox.commit({ id: requestId, idempotency_key: null }, () =>
        this.answer(found, fields),
      );
      return jsonReply(value.status, value.body, headers);
    } catch (error) {
      const { status, body } = refusalOf(error);
      return jsonReply(status, body, headers);
    }
  }

  private async answerOnce(
    { method, path }: Request,
    found: Found,
    fields: Fields,
    key: string,
    headers: Record<string, string>,
  ): Promise<Reply> {
    checkKey(key);
    const fingerprint = fingerprintOf(method, path, fields);
    const requestId = headers["request-id"] ?? "";
    const echoed = { ...headers, "idempotency-key": key };
    if (this.inProgress.has(key)) throw keyInUse(key);
    const before = savedAnswer(this.sandbox, key, fingerprint);
    if (before !== null) {
      const replayed = { "idempotent-replayed": "true", "original-request": before.requestId };
      return jsonReply(before.status, before.body, { ...echoed, ...replayed });
    }
    this.inProgress.add(key);
    try {
      const { value } = await this.sandbox.commit({ id: requestId, idempotency_key: key }, () => {
        const { status, body, code } = this.answer(found, fields);
        // Saved together with what it changed: after a crash a retry finds both or neither.
        if (worthSaving(status, code)) {
          const savedAt = this.sandbox.now();
          this.sandbox.store.put("answers", { id: key, fingerprint, status, body, requestId, savedAt });
        }
        return { status, body };
      });
      return jsonReply(value.status, value.body, echoed);
    } finally {
      this.inProgress.delete(key);
    }
  }

  private answer({ route, id }: Found, fields: Fields): Answered {
    try {
      const { expand, rest } = takeExpand(fields);
      const object = route.answer(this.sandbox, rest, id);
      return { status: 200, body: expanded(this.sandbox, object, expand) };
    } catch (error) {
      return refusalOf(error);
    }
  }

  private checkSecret(authorization: string | undefined): void {
    const given = keyOf(authorization);
    if (given === null) {
      throw unauthorized(
        "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
      );
    }
    const expected = Buffer.from(this.secretKey);
    const actual = Buffer.from(given);
    if (actual.length === expected.length && timingSafeEqual(actual, expected)) return;
    throw unauthorized(`Invalid API Key provided: ${given.slice(0, 8)}****`);
  }
}

function keyOf(authorization: string | undefined): string | null {
  const [scheme = "", value = ""] = (authorization ?? "").split(" ", 2);
  if (scheme.toLowerCase() === "bearer" && value !== "") return value;
  if (scheme.toLowerCase() !== "basic") return null;
  const [user = ""] = Buffer.from(value, "base64").toString("utf8").split(":");
  return user === "" ? null : user;
}

function refusalOf(error: unknown): Answered {
  if (!(error instanceof StripeError)) throw error;
  const { code } = error.body;
  return { status: error.status, body: { error: error.body }, ...(code === undefined ? {} : { code }) };
}
