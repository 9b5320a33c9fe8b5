import type Stripe from "stripe";
import { z } from "zod";
import { feeFor, recordMovement } from "./balance-transactions";
import { missing } from "./errors";
import { createdWithin, matches, page } from "./lists";
import { listing, mergeMetadata, metadata, readParameters } from "./parameters";
import type { Route } from "./routes";
import type { Sandbox } from "./sandbox";

export function charge(sandbox: Sandbox, id: string): Stripe.Charge {
  const found = sandbox.store.get("charges", id);
  if (found === undefined) throw missing("charge", id);
  return found;
}

/** Books the money of a charge onto the balance and marks it captured. */
export function capture(sandbox: Sandbox, row: Stripe.Charge, amountMinor: number): Stripe.Charge {
  const movement = recordMovement(sandbox, {
    type: row.payment_method_details?.type === "card" ? "charge" : "payment",
    category: "charge",
    amount: amountMinor,
    fee: feeFor(amountMinor, row.currency),
    currency: row.currency,
    source: row.id,
    description: row.description,
  });
  return sandbox.store.put("charges", {
    ...row,
    amount_captured: amountMinor,
    balance_transaction: movement.id,
    captured: true,
    paid: true,
    status: "succeeded",
  });
}

const listShape = z.strictObject({
  ...listing,
  customer: z.string().optional(),
  payment_intent: z.string().optional(),
  transfer_group: z.string().optional(),
});

function list(sandbox: Sandbox, fields: unknown): object {
  const asked = readParameters(listShape, fields);
  const rows = sandbox.store
    .all("charges")
    .filter(
      (row) =>
        matches(row.customer, asked.customer) &&
        matches(row.payment_intent, asked.payment_intent) &&
        matches(row.transfer_group, asked.transfer_group) &&
        createdWithin(row.created, asked.created),
    );
  return page(rows, asked, "/v1/charges");
}

const updateShape = z.strictObject({ description: z.string().optional(), metadata: metadata.optional() });

function update(sandbox: Sandbox, fields: unknown, id: string): Stripe.Charge {
  const row = charge(sandbox, id);
  const asked = readParameters(updateShape, fields);
  return sandbox.store.put("charges", {
    ...row,
    description: asked.description ?? row.description,
    metadata: mergeMetadata(row.metadata, asked.metadata),
  });
}

export const chargeRoutes: Route[] = [
  { method: "GET", path: "/v1/charges", answer: list },
  {
    method: "GET",
    path: "/v1/charges/:id",
    answer: (sandbox, fields, id) => {
      readParameters(z.strictObject({}), fields);
      return charge(sandbox, id);
    },
  },
  { method: "POST", path: "/v1/charges/:id", answer: update },
];
