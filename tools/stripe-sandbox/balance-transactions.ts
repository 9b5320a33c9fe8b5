import type Stripe from "stripe";
import { z } from "zod";
import { exponentOf } from "./currencies";
import { missing } from "./errors";
import { newId } from "./ids";
import { createdWithin, matches, page } from "./lists";
import { listing, readParameters } from "./parameters";
import type { Route } from "./routes";
import type { Sandbox } from "./sandbox";

type Movement = {
  type: Stripe.BalanceTransaction.Type;
  category: string;
  /** Minor units; negative when money leaves. */
  amount: number;
  fee: number;
  currency: string;
  source: string;
  description: string | null;
};

const payoutDelay = 2 * 24 * 60 * 60;

/** What the sandbox charges for a payment: 1.5 % and 0.25 of the currency's unit, in minor units. */
export function feeFor(amount: number, currency: string): number {
  const fixed = Math.round(0.25 * 10 ** exponentOf(currency));
  return Math.min(amount, Math.round(amount * 0.015) + fixed);
}

export function recordMovement(sandbox: Sandbox, movement: Movement): Stripe.BalanceTransaction {
  const { amount, fee, currency } = movement;
  const created = sandbox.now();
  return sandbox.store.put("balanceTransactions", {
    id: newId("txn"),
    object: "balance_transaction",
    amount,
    available_on: created + payoutDelay,
    balance_type: "payments",
    created,
    currency,
    description: movement.description,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [
            {
              amount: fee,
              application: null,
              currency,
              description: "Stripe processing fees",
              type: "stripe_fee",
            },
          ],
    net: amount - fee,
    reporting_category: movement.category,
    source: movement.source,
    status: "pending",
    type: movement.type,
  } satisfies Stripe.BalanceTransaction);
}

export function balanceTransaction(sandbox: Sandbox, id: string): Stripe.BalanceTransaction {
  const found = sandbox.store.get("balanceTransactions", id);
  if (found === undefined) throw missing("balance transaction", id);
  return ripened(sandbox, found);
}

function ripened(sandbox: Sandbox, row: Stripe.BalanceTransaction): Stripe.BalanceTransaction {
  return sandbox.now() < row.available_on ? row : { ...row, status: "available" };
}

const listShape = z.strictObject({
  ...listing,
  currency: z.string().optional(),
  source: z.string().optional(),
  type: z.string().optional(),
  payout: z.string().optional(),
});

function list(sandbox: Sandbox, fields: unknown): object {
  const asked = readParameters(listShape, fields);
  const rows = sandbox.store
    .all("balanceTransactions")
    .filter(
      (row) =>
        asked.payout === undefined &&
        matches(row.currency, asked.currency) &&
        matches(row.source, asked.source) &&
        matches(row.type, asked.type) &&
        createdWithin(row.created, asked.created),
    );
  return page(
    rows.map((row) => ripened(sandbox, row)),
    asked,
    "/v1/balance_transactions",
  );
}

/** The balance: what ripened is available, the rest pending, per currency. */
function balance(sandbox: Sandbox): Stripe.Balance {
  const sums = { available: new Map<string, number>(), pending: new Map<string, number>() };
  for (const row of sandbox.store.all("balanceTransactions")) {
    const sum = sandbox.now() < row.available_on ? sums.pending : sums.available;
    sum.set(row.currency, (sum.get(row.currency) ?? 0) + row.net);
  }
  const lines = (sum: Map<string, number>) =>
    [...sum].map(([currency, amount]) => ({ amount, currency, source_types: { card: amount } }));
  return {
    object: "balance",
    available: lines(sums.available),
    livemode: false,
    pending: lines(sums.pending),
  } satisfies Stripe.Balance;
}

export const balanceRoutes: Route[] = [
  {
    method: "GET",
    path: "/v1/balance",
    answer: (sandbox, fields) => {
      readParameters(z.strictObject({}), fields);
      return balance(sandbox);
    },
  },
  { method: "GET", path: "/v1/balance_transactions", answer: list },
  {
    method: "GET",
    path: "/v1/balance_transactions/:id",
    answer: (sandbox, fields, id) => {
      readParameters(z.strictObject({}), fields);
      return balanceTransaction(sandbox, id);
    },
  },
];
