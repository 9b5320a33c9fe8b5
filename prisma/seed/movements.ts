import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type Stripe from "stripe";
import { asPerson } from "@/lib/infra/db";
import { dataFolder, hasPaymentAccount } from "@/lib/infra/env";
import { systemActor } from "@/lib/infra/session";
import { explainMovement } from "@/lib/payments/explain-movement";
import { judgeMovement } from "@/lib/payments/movement";
import type { Cast } from "./cases/cast";
import { at } from "./cases/clock";

const HOUR = 3_600_000;

const MOVED = [
  { id: "txn_demo_monthly_fee", type: "stripe_fee", amount: -1_900, hoursAgo: 52, text: "Monthly fee" },
  { id: "txn_demo_credit", type: "adjustment", amount: 1_240, hoursAgo: 27, text: "Credit" },
] as const;

/**
 * The provider has moved money by itself, and nothing of ours explains it: a fee somebody of finance has named, and a credit
 * nobody has. The payment sandbox knows of both too, so that its balance holds no cent more than its movements tell of.
 */
export async function moveByItself({ finance }: Cast, now: Date): Promise<void> {
  // A true account tells of its own movements.
  if (hasPaymentAccount()) return;
  await tellSandbox(now);
  const rows = MOVED.map(({ id, type, amount, hoursAgo }) => ({
    ...{ id, type, sourceId: null, currency: "EUR", amountMinor: BigInt(amount), feeMinor: 0n },
    movedAt: momentOf(hoursAgo, now),
  }));
  await asPerson(systemActor("demo"), (tx) =>
    tx.balanceMovement.createMany({
      data: rows.map((row) => ({ ...row, ...judgeMovement(row, null, now), seenAt: row.movedAt })),
    }),
  );
  const said = {
    movementId: MOVED[0].id,
    cause: "provider_fee" as const,
    note: "The provider's invoice of this month, page 2: monthly fee for the payment page.",
  };
  const explained = await at(momentOf(3, now), () => explainMovement(finance, said, new Date()));
  if (!explained.ok) throw new Error(`The demo's movement: ${explained.reason}`);
}

function momentOf(hoursAgo: number, now: Date): Date {
  return new Date(Math.floor((now.getTime() - hoursAgo * HOUR) / 1_000) * 1_000);
}

/** One batch of its journal, as it writes them itself; it begins after this world is made. */
async function tellSandbox(now: Date): Promise<void> {
  const folder = join(dataFolder(), "sandbox");
  const batch = MOVED.map(({ id, type, amount, hoursAgo, text }) => {
    const created = momentOf(hoursAgo, now).getTime() / 1_000;
    const row = {
      ...{ id, object: "balance_transaction", type, amount, net: amount, fee: 0, fee_details: [] },
      ...{ currency: "eur", created, available_on: created, balance_type: "payments", exchange_rate: null },
      ...{ description: text, source: null, status: "available" },
      reporting_category: type === "stripe_fee" ? "fee" : "other_adjustment",
    } satisfies Stripe.BalanceTransaction;
    return { table: "balanceTransactions", id, row };
  });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await appendFile(join(folder, "journal.jsonl"), `${JSON.stringify(batch)}\n`, { mode: 0o600 });
}
