import { z } from "zod";
import { moneyView } from "@/lib/kernel/money";
import { moneySchema } from "@/lib/estimates/views";
import type { ContractKind } from "../payment-plan";
import type { RefundQuote, RefundSum } from "../refund-policy";

const sumSchema = z.object({
  amount: moneySchema,
  refundable: moneySchema,
  kept: moneySchema,
  paid: moneySchema,
  refund: moneySchema,
  owed: moneySchema,
  due: moneySchema.describe("Of the refund, what has neither gone back before nor is on its way."),
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
      keptBp: z
        .int()
        .nullable()
        .describe("The share the rule keeps, in basis points; null where it keeps a sum that was proven."),
      rule: z.string(),
    }),
  ),
  contracts: z.object({ A: sumSchema, B: sumSchema }),
  total: sumSchema,
  refund: moneySchema,
  returned: moneySchema.describe("Of it, what has gone back before or is on its way."),
  due: moneySchema.describe("Of it, what is still to come."),
  ends: z
    .array(z.enum(["A", "B"]))
    .describe("The contracts that would end and that the sums count; the other has ended by itself before."),
  /** Paid once, and taken back or asked for by the payer's bank: not counted as paid. */
  taken: moneySchema,
});
export type RefundQuoteView = z.output<typeof refundQuoteSchema>;

interface QuotedFacts {
  quote: RefundQuote;
  on: string;
  booking: { id: string; policyVersion: string; currency: string };
  ends?: readonly ("A" | "B")[];
  returned?: Record<ContractKind, bigint>;
}

export function refundQuoteView({
  quote,
  on,
  booking,
  ends = ["A", "B"],
  returned = { A: 0n, B: 0n },
}: QuotedFacts): RefundQuoteView {
  const { id: bookingId, policyVersion, currency } = booking;
  const about = { bookingId, on, policyVersion, currency };
  const shown = (minor: bigint) => moneyView(minor, about.currency);
  const sum = (one: RefundSum, returnedMinor: bigint) => ({
    amount: shown(one.amountMinor),
    refundable: shown(one.refundableMinor),
    kept: shown(one.keptMinor),
    paid: shown(one.paidMinor),
    refund: shown(one.refundMinor),
    owed: shown(one.owedMinor),
    due: shown(one.refundMinor > returnedMinor ? one.refundMinor - returnedMinor : 0n),
  });
  const total = sum(quote.total, returned.A + returned.B);
  return {
    ...about,
    ...{ cause: quote.cause, daysBefore: quote.daysBefore, bornBy: quote.bornBy },
    lines: quote.parts.map(({ amountMinor, refundableMinor, keptMinor, ...part }) => ({
      ...part,
      amount: shown(amountMinor),
      refundable: shown(refundableMinor),
      kept: shown(keptMinor),
    })),
    contracts: { A: sum(quote.contracts.A, returned.A), B: sum(quote.contracts.B, returned.B) },
    total,
    refund: shown(quote.total.refundMinor),
    returned: shown(returned.A + returned.B),
    due: total.due,
    ends: [...ends],
    taken: shown(quote.total.takenMinor),
  };
}

/** What a cost nobody has proven yet, or a rule a supplier has not said yet, could still change of a refund. */
export interface OpenRefund {
  lessMinor: number;
  moreMinor: number;
}

/** How much less, and how much more, would come back if every supplier proved all of its price, or nothing. */
export function openOf({ lines, contracts }: Pick<RefundQuoteView, "lines" | "contracts">): OpenRefund {
  const open = { lessMinor: 0, moreMinor: 0 };
  for (const contract of ["A", "B"] as const) {
    const sumOf = (rules: readonly string[], keptBp: number) =>
      lines
        .filter((line) => line.contract === contract && rules.includes(line.rule) && line.keptBp === keptBp)
        .reduce((sum, line) => sum + line.amount.amount, 0);
    const { paid, kept, refund } = contracts[contract];
    const unkept = sumOf(["less_proven_cost", "tests_done"], 0);
    const unsaid = sumOf(["supplier_rule", "own_supplier_rule"], 10_000);
    open.lessMinor += Math.min(unkept, refund.amount);
    open.moreMinor += Math.max(0, paid.amount - (kept.amount - unsaid)) - refund.amount;
  }
  return open;
}
