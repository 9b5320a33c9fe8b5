import { z } from "zod";
import { moneyView } from "@/lib/kernel/money";
import { moneySchema } from "@/lib/estimates/views";
import type { RefundQuote, RefundSum } from "../refund-policy";

const sumSchema = z.object({
  amount: moneySchema,
  refundable: moneySchema,
  kept: moneySchema,
  paid: moneySchema,
  refund: moneySchema,
  owed: moneySchema,
});

export const refundQuoteSchema = z.object({
  bookingId: z.uuid(),
  cause: z.string(),
  on: z.string(),
  daysBefore: z.int(),
  policyVersion: z.string(),
  currency: z.string(),
  bornBy: z.string(),
  lines: z.array(
    z.object({
      lineId: z.uuid(),
      kind: z.string(),
      contract: z.enum(["A", "B"]),
      amount: moneySchema,
      refundable: moneySchema,
      kept: moneySchema,
      rule: z.string(),
    }),
  ),
  contracts: z.object({ A: sumSchema, B: sumSchema }),
  total: sumSchema,
  refund: moneySchema,
  /** Paid once, and taken back or asked for by the payer's bank: not counted as paid. */
  taken: moneySchema,
});
export type RefundQuoteView = z.output<typeof refundQuoteSchema>;

export function refundQuoteView(
  quote: RefundQuote,
  about: { bookingId: string; on: string; policyVersion: string; currency: string },
): RefundQuoteView {
  const shown = (minor: bigint) => moneyView(minor, about.currency);
  const sum = (one: RefundSum) => ({
    amount: shown(one.amountMinor),
    refundable: shown(one.refundableMinor),
    kept: shown(one.keptMinor),
    paid: shown(one.paidMinor),
    refund: shown(one.refundMinor),
    owed: shown(one.owedMinor),
  });
  return {
    ...about,
    ...{ cause: quote.cause, daysBefore: quote.daysBefore, bornBy: quote.bornBy },
    lines: quote.parts.map(({ lineId, kind, contract, rule, amountMinor, refundableMinor, keptMinor }) => ({
      ...{ lineId, kind, contract, rule },
      amount: shown(amountMinor),
      refundable: shown(refundableMinor),
      kept: shown(keptMinor),
    })),
    contracts: { A: sum(quote.contracts.A), B: sum(quote.contracts.B) },
    total: sum(quote.total),
    refund: shown(quote.total.refundMinor),
    taken: shown(quote.total.takenMinor),
  };
}
