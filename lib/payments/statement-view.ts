import { z } from "zod";
import { dayOf } from "@/lib/kernel/day";
import { moneyView, sumMinor } from "@/lib/kernel/money";
import { moneySchema } from "@/lib/estimates/views";
import { finalBillSchema, finalBillView } from "./final-bill-view";
import type { StatementRead } from "./read-statement";
import type { ContractSums } from "./statement";
import { statementText } from "./wording";

const sumsShape = {
  planned: moneySchema,
  paid: moneySchema,
  taken: moneySchema.describe("Taken of it by the payer's bank, and not paid again."),
  refunded: moneySchema,
  released: moneySchema,
  held: moneySchema.describe("With us: paid - taken - refunded + advanced = released + held."),
  advanced: moneySchema.describe(
    "Passed on or given back before the bank took it: laid out by the operator.",
  ),
  open: moneySchema.describe("Still to be paid, what is owed again with it."),
  again: moneySchema.describe("What of it is owed again."),
};
const pocketMoney = z.object({
  pocket: z.enum(["treatment", "services", "fee"]),
  amount: moneySchema,
  text: z.string(),
});
const statementLine = z.object({ kind: z.string(), label: z.string().nullable(), amount: moneySchema });
const change = z.object({
  id: z.uuid(),
  version: z.int(),
  contract: z.enum(["A", "B"]),
  from: moneySchema,
  to: moneySchema,
  at: z.string(),
  text: z.string(),
});
const movement = z.object({
  id: z.uuid(),
  at: z.string(),
  type: z.enum(["payment", "refund"]),
  stray: z.boolean().describe("Whether it gives back a transfer that paid nothing of this booking."),
  state: z.string(),
  amount: moneySchema,
  text: z.string(),
});

export const statementSchema = z.object({
  bookingId: z.uuid(),
  number: z.string(),
  caseId: z.uuid(),
  currency: z.string(),
  policyVersion: z.string(),
  hasEnded: z.boolean().describe("Cancelled or lapsed: what is planned is asked of nobody any more."),
  contracts: z.array(
    z.object({
      contract: z.enum(["A", "B"]),
      mode: z.enum(["direct", "portal"]),
      text: z.string(),
      ...sumsShape,
      lines: z.array(statementLine),
    }),
  ),
  totals: z.object({
    ...sumsShape,
    borneByOperator: moneySchema.describe(
      "What of what came back was paid by the operator, beyond what was held.",
    ),
  }),
  finalBill: finalBillSchema
    .nullable()
    .describe("The treatment's final account; null while none is closed, or the hospital is paid directly."),
  surplus: z
    .object({ amount: moneySchema, text: z.string().nullable() })
    .describe(
      "Paid twice, or more than was asked for: still to be placed or to go back, in no contract and in no total.",
    ),
  taken: z
    .object({
      amount: moneySchema,
      text: z.string().nullable(),
      owed: z.array(z.object({ planItemId: z.uuid(), amount: moneySchema, text: z.string() })),
      asked: z
        .object({ amount: moneySchema, text: z.string().nullable() })
        .describe("What the bank asks for and has not decided on: with us, and it goes back no second way."),
      items: z
        .array(z.object({ planItemId: z.uuid(), taken: moneySchema, asked: moneySchema }))
        .describe("The instalments it is of."),
      lost: moneySchema.describe("What is missing of what was paid."),
      again: moneySchema.describe("What is owed again, what is not asked for yet with it."),
    })
    .describe(
      "What the payer's bank took back and nobody has paid again, and what of it is asked for again, each by bank transfer.",
    ),
  uncovered: z
    .object({ amount: moneySchema, text: z.string().nullable() })
    .describe("What an ended booking's invoices name beyond what was paid for it; nothing is taken for it."),
  strays: z
    .array(z.object({ amount: moneySchema, text: z.string() }))
    .describe(
      "Money of other currencies that pays nothing here and is held for whoever sent it: in no total.",
    ),
  passed: z
    .array(pocketMoney)
    .describe("What was passed on, or is on its way, for what; they add up to what was released."),
  withdrawn: z.string().nullable().describe("What is kept of contract B after a withdrawal from it alone."),
  advanced: z.string().nullable(),
  held: z.object({
    amount: moneySchema,
    until: z.string(),
    text: z.string(),
    where: z.string(),
    pockets: z.array(pocketMoney).describe("What is held for what; they add up to the amount."),
  }),
  changes: z.array(change).describe("Changes that count: each contract before and afterwards."),
  moves: z
    .array(z.object({ fromOn: z.string(), toOn: z.string(), at: z.string(), text: z.string() }))
    .describe("Where the day went, oldest first; no sum changes by it."),
  movements: z.array(movement),
});
export type StatementView = z.output<typeof statementSchema>;

const POCKETS = ["treatment", "services", "fee"] as const;

/** The statement in plain words of one language; every sum is the sum of what stands above it. */
export function statementView(
  {
    booking,
    statement,
    strays,
    restMinor,
    changes,
    moves,
    payments,
    refunds,
    returns,
    ...read
  }: StatementRead,
  locale: string,
): StatementView {
  const { currency } = booking;
  const money = (amountMinor: bigint) => moneyView(amountMinor, currency);
  const text = statementText(locale, currency);
  const until = dayOf(booking.treatmentOn);
  // What was paid twice is held under no contract, and so is none of this.
  const surplus = new Set(payments.filter(({ isSurplus }) => isSurplus).map(({ id }) => id));
  const toCheckMinor = sumMinor(
    refunds
      .filter((refund) => refund.state === "calculated" && !surplus.has(refund.paymentId))
      .map((refund) => refund.amountMinor),
  );
  // After the treatment no day is waited for any more.
  const openUntil = booking.state === "cancelled" ? null : booking.state === "completed" ? "treated" : until;
  const { isDayPast } = booking;
  const { totals } = statement;
  const askedMinor = sumMinor(read.takenItems.map(({ contestedMinor }) => contestedMinor));
  const ofB = statement.contracts.find(({ contract }) => contract === "B");
  return {
    bookingId: booking.id,
    ...{ number: booking.number, caseId: booking.caseId, currency, policyVersion: booking.policyVersion },
    hasEnded: booking.state === "cancelled",
    contracts: statement.contracts.map(({ contract, mode, lines, ...sums }) => ({
      ...{ contract, mode, text: text.contract(contract, mode) },
      ...sumsView(sums, currency),
      lines: lines.map(({ kind, label, amountMinor }) => ({ kind, label, amount: money(amountMinor) })),
    })),
    totals: {
      ...sumsView(statement.totals, currency),
      borneByOperator: money(statement.totals.borneByOperatorMinor),
    },
    finalBill: read.finalBill && finalBillView(read.finalBill, currency),
    surplus: {
      amount: money(statement.surplusMinor),
      text: text.surplusAndRest(statement.surplusMinor - restMinor, restMinor),
    },
    taken: {
      amount: money(read.takenMinor),
      text: text.taken(read.takenMinor, read.takenNote),
      owed: read.owedAgain.map(({ id, kind, amountMinor }) => ({
        ...{ planItemId: id, amount: money(amountMinor), text: text.owedAgain(kind, amountMinor) },
      })),
      asked: { amount: money(askedMinor), text: text.asked(askedMinor) },
      items: read.takenItems.map(({ id, lostMinor, contestedMinor }) => ({
        ...{ planItemId: id, taken: money(lostMinor), asked: money(contestedMinor) },
      })),
      ...{ lost: money(totals.takenMinor), again: money(totals.againMinor) },
    },
    uncovered: { amount: money(read.uncoveredMinor), text: text.uncovered(read.uncoveredMinor) },
    strays: strays.map(({ amountMinor, ...stray }) => ({
      amount: moneyView(amountMinor, stray.currency),
      text: statementText(locale, stray.currency).surplusHeld(amountMinor),
    })),
    passed: POCKETS.map((pocket) => ({ pocket, amountMinor: statement.passed[`${pocket}Minor`] }))
      .filter(({ amountMinor }) => amountMinor !== 0n)
      .map(({ pocket, amountMinor }) => ({
        ...{
          pocket,
          amount: money(amountMinor),
          text: text.passed(pocket, amountMinor, statement.passedTaxMinor),
        },
      })),
    withdrawn: read.isWithdrawn && ofB ? text.withdrawn(ofB, toCheckMinor) : null,
    advanced: text.advanced(totals.advancedMinor),
    held: {
      amount: money(statement.totals.heldMinor),
      until,
      text: text.held(statement.totals.heldMinor, openUntil, toCheckMinor, isDayPast),
      where: text.where(),
      pockets: POCKETS.map((pocket) => ({ pocket, amountMinor: statement.pockets[`${pocket}Minor`] }))
        .filter(({ amountMinor }) => amountMinor !== 0n)
        .map(({ pocket, amountMinor }) => ({
          ...{
            pocket,
            amount: money(amountMinor),
            text:
              pocket === "treatment" && read.finalBill?.stands
                ? text.pocketBilled(amountMinor, read.finalBill.waitingMinor)
                : read.isWithdrawn && pocket !== "treatment"
                  ? text.pocketWithdrawn(pocket, amountMinor)
                  : text.pocket(pocket, amountMinor, openUntil, isDayPast),
          },
        })),
    },
    changes: changes.map((order) => changeView(order, currency, text)),
    moves: moves.map(({ fromOn, toOn, movedAt, movedByName: name }) => {
      const days = { fromOn: dayOf(fromOn), toOn: dayOf(toOn) };
      return { ...days, at: movedAt.toISOString(), text: text.moved({ ...days, on: dayOf(movedAt), name }) };
    }),
    movements: [
      ...payments.map((payment) => ({
        ...{
          id: payment.id,
          type: "payment" as const,
          stray: false,
          state: payment.state,
          amount: money(payment.amountMinor),
        },
        at: (payment.succeededAt ?? booking.treatmentOn).toISOString(),
        text: [
          payment.isSurplus
            ? text.surplus(payment.method, payment.amountMinor)
            : text.payment(payment.planItem?.kind ?? "balance", payment.method, payment.amountMinor),
          ...text.bank(payment),
        ].join(" "),
      })),
      ...refunds.map((refund) => ({
        ...{ id: refund.id, type: "refund" as const, stray: false, state: refund.state },
        amount: money(refund.amountMinor),
        at: (refund.settledAt ?? refund.refusedAt ?? refund.createdAt).toISOString(),
        text: text.refund(refund.state, refund.amountMinor, refund.refusedReason),
      })),
      ...returns.map((one) => returnView(one, locale)),
    ].toSorted((one, other) => one.at.localeCompare(other.at)),
  };
}

/** A transfer may have come in another currency than its booking's. */
function returnView(
  { id, currency, amountMinor, approvedAt, sentAt }: StatementRead["returns"][number],
  locale: string,
): z.output<typeof movement> {
  return {
    ...{ id, type: "refund", stray: true, state: sentAt ? "settled" : "approved" },
    amount: moneyView(amountMinor, currency),
    at: (sentAt ?? approvedAt).toISOString(),
    text: statementText(locale, currency).transferReturn(amountMinor, sentAt !== null),
  };
}

function changeView(
  { id, version, contract, fromMinor, toMinor, answeredAt, provenAt }: StatementRead["changes"][number],
  currency: string,
  text: ReturnType<typeof statementText>,
): z.output<typeof change> {
  const agreedAt = provenAt ?? answeredAt;
  if (!agreedAt) throw new RangeError("A change that counts was answered or proven.");
  return {
    ...{ id, version, contract, at: agreedAt.toISOString() },
    ...{ from: moneyView(fromMinor, currency), to: moneyView(toMinor, currency) },
    text: text.change({ version, contract, fromMinor, toMinor, on: dayOf(agreedAt) }),
  };
}

function sumsView(sums: ContractSums, currency: string) {
  return {
    planned: moneyView(sums.plannedMinor, currency),
    paid: moneyView(sums.paidMinor, currency),
    taken: moneyView(sums.takenMinor, currency),
    refunded: moneyView(sums.refundedMinor, currency),
    released: moneyView(sums.releasedMinor, currency),
    held: moneyView(sums.heldMinor, currency),
    advanced: moneyView(sums.advancedMinor, currency),
    open: moneyView(sums.openMinor, currency),
    again: moneyView(sums.againMinor, currency),
  };
}
