import { z } from "zod";
import type { Page } from "@/lib/cases/page";
import { moneyView } from "@/lib/kernel/money";
import { moneySchema } from "@/lib/estimates/views";
import { LEDGER_ACCOUNTS } from "./ledger";
import type { AccountBalance, LedgerEntryFacts } from "./queries";

const entrySchema = z.object({
  id: z.uuid(),
  txId: z.uuid(),
  at: z.string(),
  kind: z.string(),
  reference: z.string(),
  memo: z.string(),
  account: z.enum(LEDGER_ACCOUNTS),
  contract: z.enum(["A", "B"]).nullable(),
  amount: moneySchema,
  debit: z.int(),
  credit: z.int(),
  currency: z.string(),
  bookingId: z.uuid().nullable(),
  paymentId: z.uuid().nullable(),
  refundId: z.uuid().nullable(),
});
export const ledgerSchema = z.object({ items: z.array(entrySchema), next: z.string().nullable() });

export function ledgerView(page: Page<LedgerEntryFacts>): z.output<typeof ledgerSchema> {
  return { items: page.items.map(entryView), next: page.next };
}

function entryView({
  tx,
  at: bookedAt,
  amountMinor,
  ...entry
}: LedgerEntryFacts): z.output<typeof entrySchema> {
  const { id: txId, ...reason } = tx;
  const amount = moneyView(amountMinor, entry.currency);
  const debit = Math.max(amount.amount, 0);
  return {
    ...entry,
    ...reason,
    txId,
    at: bookedAt.toISOString(),
    amount,
    debit,
    credit: debit - amount.amount,
  };
}

const balanceRow = { currency: z.string(), debit: z.int(), credit: z.int(), balance: z.int() };
export const trialBalanceSchema = z.object({
  items: z.array(z.object({ account: z.enum(LEDGER_ACCOUNTS), ...balanceRow })),
  totals: z.array(z.object(balanceRow)),
});

export function trialBalanceView(rows: readonly AccountBalance[]): z.output<typeof trialBalanceSchema> {
  const currencies = [...new Set(rows.map((row) => row.currency))];
  const shown = (currency: string, debitMinor: bigint, creditMinor: bigint) => ({
    currency,
    debit: moneyView(debitMinor, currency).amount,
    credit: moneyView(creditMinor, currency).amount,
    balance: moneyView(debitMinor - creditMinor, currency).amount,
  });
  return {
    items: rows.map((row) => ({
      account: row.account,
      ...shown(row.currency, row.debitMinor, row.creditMinor),
    })),
    totals: currencies.map((currency) => {
      const own = rows.filter((row) => row.currency === currency);
      const debit = own.reduce((sum, row) => sum + row.debitMinor, 0n);
      return shown(
        currency,
        debit,
        own.reduce((sum, row) => sum + row.creditMinor, 0n),
      );
    }),
  };
}
