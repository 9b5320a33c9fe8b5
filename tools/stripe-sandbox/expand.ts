import { invalidRequest } from "./errors";
import { idOf } from "./ids";
import type { Fields } from "./form-body";
import { charge } from "./charges";
import { customer } from "./customers";
import { balanceTransaction } from "./balance-transactions";
import { paymentIntent } from "./payment-intents";
import { lineItemPage } from "./line-items";
import { refundPage } from "./refunds";
import type { Sandbox } from "./sandbox";

const depthMax = 4;

type Lookup = (sandbox: Sandbox, id: string) => object;

const lookups: Record<string, Lookup> = {
  payment_intent: paymentIntent,
  latest_charge: charge,
  charge,
  balance_transaction: balanceTransaction,
  failure_balance_transaction: balanceTransaction,
  customer,
};

type Json = Record<string, unknown>;

/** Takes `expand` out of the fields. @throws StripeError when it is not a list of texts. */
export function takeExpand(fields: Fields): { expand: string[]; rest: Fields } {
  const { expand = [], ...rest } = fields;
  if (!Array.isArray(expand)) throw invalidRequest("Invalid array", undefined, "expand");
  const paths = expand.map((path) => {
    if (typeof path !== "string") throw invalidRequest("Invalid string", undefined, "expand");
    return path;
  });
  return { expand: paths, rest };
}

/** The same object with the asked fields holding objects in place of ids. */
export function expanded(sandbox: Sandbox, object: object, paths: string[]): object {
  let result: unknown = object;
  for (const path of paths) {
    const steps = path.split(".");
    if (steps.length > depthMax)
      throw invalidRequest("You cannot expand more than 4 levels.", undefined, "expand");
    result = expandPath(sandbox, result, steps, path);
  }
  return result as object;
}

function expandPath(sandbox: Sandbox, value: unknown, steps: string[], path: string): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => expandPath(sandbox, each, steps, path));
  if (typeof value !== "object") throw notExpandable(path);
  const object = { ...value } as Json;
  object[step] = expandPath(sandbox, filled(sandbox, object, step, path), rest, path);
  return object;
}

function filled(sandbox: Sandbox, object: Json, step: string, path: string): unknown {
  if (step === "data" && object["object"] === "list") return object["data"];
  const id = idOf(object as { id: string }) ?? "";
  if (step === "line_items" && object["object"] === "checkout.session") return lineItemPage(sandbox, id);
  if (step === "refunds" && object["object"] === "charge") return refundPage(sandbox, id);
  const lookup = Object.hasOwn(lookups, step) ? lookups[step] : undefined;
  const value = object[step];
  if (lookup === undefined || value === undefined) throw notExpandable(path);
  return typeof value === "string" ? lookup(sandbox, value) : value;
}

function notExpandable(path: string) {
  return invalidRequest(`This property cannot be expanded (${path}).`, undefined, "expand");
}
