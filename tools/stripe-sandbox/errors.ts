import type Stripe from "stripe";

export type ErrorBody = {
  type: "api_error" | "card_error" | "idempotency_error" | "invalid_request_error";
  message: string;
  code?: string;
  decline_code?: string;
  param?: string;
  charge?: string;
  doc_url?: string;
  payment_intent?: Stripe.PaymentIntent;
};

/** A refusal in the words of Stripe's API: an HTTP status and the body under `error`. */
export class StripeError extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
  ) {
    super(body.message);
  }
}

function invalid(status: number, message: string, code?: string, param?: string): StripeError {
  return new StripeError(status, {
    type: "invalid_request_error",
    message,
    ...(code === undefined
      ? {}
      : { code, doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}` }),
    ...(param === undefined ? {} : { param }),
  });
}

export const invalidRequest = (message: string, code?: string, param?: string) =>
  invalid(400, message, code, param);

export const notRound = (amountMinor: number, currency: string, param: string) =>
  invalidRequest(
    `Invalid amount: ${amountMinor}. Amounts in ${currency} must be a multiple of 10: the last digit must be 0.`,
    "invalid_charge_amount",
    param,
  );

export const missing = (kind: string, id: string, param = "id") =>
  invalid(404, `No such ${kind}: '${id}'`, "resource_missing", param);

export const unrecognizedUrl = (method: string, path: string) =>
  invalid(
    404,
    `Unrecognized request URL (${method}: ${path}). The sandbox speaks only what its README lists.`,
  );

export const unauthorized = (message: string) => invalid(401, message);

export function parameterMissing(param: string): StripeError {
  return invalid(400, `Missing required param: ${param}.`, "parameter_missing", param);
}

export function parameterUnknown(param: string): StripeError {
  return invalid(400, `Received unknown parameter: ${param}`, "parameter_unknown", param);
}

export function unexpectedState(message: string, intent?: Stripe.PaymentIntent): StripeError {
  return new StripeError(400, {
    type: "invalid_request_error",
    code: "payment_intent_unexpected_state",
    message,
    ...(intent === undefined ? {} : { payment_intent: intent }),
  });
}
