import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { dayOf } from "@/lib/kernel/day";
import { moneyView } from "@/lib/kernel/money";
import { minorField } from "@/lib/estimates/forms";
import { moneySchema } from "@/lib/estimates/views";
import type { AnnouncedTransfer } from "./announce-transfer";
import type { StartedCheckout } from "./checkout";
import {
  bankTransferForm,
  ledgerForm,
  proposeRefundForm,
  refundListForm,
  refuseRefundForm,
  settleRefundForm,
} from "./forms";
import { ledgerSchema, trialBalanceSchema } from "./ledger-view";
import { approveRefundForm } from "./approval-form";
import type { RefundRowFacts } from "./queries";
import { REFUND_STATES } from "./refund";
import { statementSchema } from "./statement-view";

const at = z.string();

/** Asks for a part of an instalment; without a sum for all that is open of it. */
export const checkoutForm = z.object({
  amount: minorField.min(1).optional().describe("A part, in minor units of the instalment's currency."),
});

export const checkoutSchema = z.object({
  url: z.string(),
  paymentId: z.uuid(),
  expiresAt: at,
  amount: moneySchema,
});

export function checkoutView(started: StartedCheckout): z.output<typeof checkoutSchema> {
  const { url, paymentId, expiresAt, amountMinor, currency } = started;
  return { url, paymentId, expiresAt: expiresAt.toISOString(), amount: moneyView(amountMinor, currency) };
}

export const announcedSchema = z.object({
  reference: z.string().describe("What the payer writes into the reference."),
  amount: moneySchema,
  account: z.object({ holder: z.string(), iban: z.string(), bic: z.string(), bank: z.string() }),
  heldUntil: at.nullable().describe("Until when the day is kept; null once it is more than held."),
});

export function announcedView(announced: AnnouncedTransfer): z.output<typeof announcedSchema> {
  const { reference, amountMinor, currency, account, heldUntil } = announced;
  const amount = moneyView(amountMinor, currency);
  return { reference, amount, account, heldUntil: heldUntil?.toISOString() ?? null };
}

export const refundSchema = z.object({
  id: z.uuid(),
  paymentId: z.uuid(),
  bookingId: z.uuid().nullable().describe("None where it gives the fee of a second opinion back."),
  caseId: z.uuid(),
  cause: z.string(),
  state: z.enum(REFUND_STATES),
  amount: moneySchema,
  proposedById: z.uuid().nullable(),
  approvedById: z.uuid().nullable(),
  failureCode: z.string().nullable(),
  seenProof: z
    .string()
    .nullable()
    .describe("What whoever approved it had seen, for a cause that is proven; null for the others."),
  bankReference: z
    .string()
    .nullable()
    .describe("What the bank calls it, where it was sent that way and somebody said so."),
  refusedReason: z.string().nullable(),
  refusedAt: at.nullable(),
  createdAt: at,
  approvedAt: at.nullable(),
  sentAt: at.nullable(),
  settledAt: at.nullable(),
});

export function refundView(refund: RefundRowFacts): z.output<typeof refundSchema> {
  const { amountMinor, currency, createdAt, refusedAt, approvedAt, sentAt, settledAt, ...rest } = refund;
  return {
    ...rest,
    amount: moneyView(amountMinor, currency),
    createdAt: createdAt.toISOString(),
    refusedAt: refusedAt?.toISOString() ?? null,
    approvedAt: approvedAt?.toISOString() ?? null,
    sentAt: sentAt?.toISOString() ?? null,
    settledAt: settledAt?.toISOString() ?? null,
  };
}

export const proposedSchema = refundSchema.extend({ refunds: z.array(refundSchema) });

export const transferSchema = z.object({
  id: z.uuid(),
  state: z.enum(["matched", "unmatched", "returned"]),
  reason: z.string().nullable(),
  paymentId: z.uuid().nullable(),
  planItemId: z.uuid().nullable(),
  opinionId: z.uuid().nullable().describe("The second opinion whose fee it pays."),
  restId: z
    .uuid()
    .nullable()
    .describe("The unmatched transfer of what was left over, where more came than was open."),
});

const waitingSchema = z.object({
  id: z.uuid(),
  reference: z.string().nullable(),
  amount: moneySchema,
  reason: z.string().nullable(),
  bookingId: z.uuid().nullable(),
  receivedOn: z.string(),
});
export const waitingTransfersSchema = z.object({
  items: z.array(waitingSchema),
  next: z.string().nullable(),
});

interface WaitingFacts {
  id: string;
  reference: string | null;
  amountMinor: bigint;
  currency: string;
  reason: string | null;
  bookingId: string | null;
  receivedOn: Date;
}

export function waitingTransfersView(rows: readonly WaitingFacts[]): z.output<typeof waitingTransfersSchema> {
  const items = rows.map(({ id, reference, amountMinor, currency, reason, bookingId, receivedOn }) => ({
    ...{ id, reference, reason, bookingId },
    amount: moneyView(amountMinor, currency),
    receivedOn: dayOf(receivedOn),
  }));
  return { items, next: null };
}

const refundList = z.object({ items: z.array(refundSchema), next: z.string().nullable() });
const STAFF = ["coordinator", "finance"] as const;

export const paymentsApi: ApiOperation[] = [
  {
    method: "post",
    path: "/plan-items/{id}/checkout",
    tag: "Payments",
    summary: "Open the payment page of an instalment, or of a part of one that is no deposit",
    roles: ["patient"],
    body: checkoutForm,
    answers: {
      200: {
        description:
          "Where to pay; a second call for the same sum gives the same page, one for another sum closes it. A part, and what it leaves, is at least a quarter of the instalment.",
        schema: checkoutSchema,
      },
    },
    refusals: [
      ...["already_paid", "not_signed", "hold_expired", "deposit_first", "booking_cancelled", "not_payable"],
      ...["paid_to_clinic", "amount_not_chargeable", "payment_in_progress", "not_fit_to_travel", "forbidden"],
      ...["payment_provider_unavailable", "deposit_in_one", "invalid_part"],
    ],
  },
  {
    method: "post",
    path: "/plan-items/{id}/bank-transfer",
    tag: "Payments",
    summary:
      "Say that an instalment comes by bank transfer, and hear where to; keeps an unpaid day for five banking days",
    roles: ["patient"],
    answers: {
      200: { description: "Account and reference; a second call says the same.", schema: announcedSchema },
    },
    refusals: [
      ...["already_paid", "not_signed", "hold_expired", "deposit_first", "booking_cancelled", "not_payable"],
      ...["paid_to_clinic", "no_bank_account", "not_fit_to_travel", "forbidden"],
    ],
  },
  {
    method: "get",
    path: "/bookings/{id}/statement",
    tag: "Payments",
    summary: "Planned, paid, given back and held, by contract",
    roles: ["patient", ...STAFF],
    answers: { 200: { description: "The statement.", schema: statementSchema } },
  },
  {
    method: "post",
    path: "/bank-transfers",
    tag: "Payments",
    summary:
      "Enter money that came through the bank for an instalment or the fee of a second opinion; a sum that differs pays a part only where that is said",
    roles: ["finance"],
    body: bankTransferForm,
    answers: {
      201: {
        description: "Matched to an instalment or a fee, or kept as unmatched.",
        schema: transferSchema,
      },
    },
    refusals: ["payment_in_progress", "payment_provider_unavailable", "step_up_required"],
  },
  {
    method: "get",
    path: "/bank-transfers",
    tag: "Payments",
    summary: "Bank transfers nobody has matched yet",
    roles: ["finance"],
    answers: { 200: { description: "Oldest first.", schema: waitingTransfersSchema } },
  },
  {
    method: "post",
    path: "/refunds",
    tag: "Payments",
    summary: "Propose a refund: what the rules give, or a sum",
    roles: STAFF,
    body: proposeRefundForm,
    answers: { 201: { description: "One refund for each payment it comes from.", schema: proposedSchema } },
    refusals: ["nothing_to_refund", "payment_disputed", "refund_exceeds", "not_withdrawn"],
  },
  {
    method: "get",
    path: "/refunds",
    tag: "Payments",
    summary: "Refunds, the newest first",
    roles: STAFF,
    query: refundListForm,
    answers: { 200: { description: "A page of refunds.", schema: refundList } },
  },
  {
    method: "get",
    path: "/refunds/{id}",
    tag: "Payments",
    summary: "One refund",
    roles: ["patient", ...STAFF],
    answers: { 200: { description: "The refund.", schema: refundSchema } },
  },
  {
    method: "post",
    path: "/refunds/{id}/approve",
    tag: "Payments",
    summary: "Approve somebody else's proposal",
    roles: ["finance"],
    body: approveRefundForm,
    answers: { 200: { description: "Approved and on its way.", schema: refundSchema } },
    refusals: [
      ...["same_person", "refund_exceeds", "illegal_transition", "payment_disputed", "step_up_required"],
    ],
  },
  {
    method: "post",
    path: "/refunds/{id}/refuse",
    tag: "Payments",
    summary: "Refuse a proposal with a reason the patient reads; nothing was set aside",
    roles: ["finance"],
    body: refuseRefundForm,
    answers: { 200: { description: "Refused.", schema: refundSchema } },
    refusals: ["illegal_transition"],
  },
  {
    method: "post",
    path: "/refunds/{id}/settle",
    tag: "Payments",
    summary: "Say that a refund was sent back through the bank, and what the bank calls it",
    roles: ["finance"],
    body: settleRefundForm,
    answers: { 200: { description: "Settled.", schema: refundSchema } },
    refusals: ["illegal_transition", "step_up_required"],
  },
  {
    method: "get",
    path: "/ledger",
    tag: "Payments",
    summary: "Entries of the ledger, oldest first",
    roles: ["finance"],
    query: ledgerForm,
    answers: { 200: { description: "A page of entries; debits are positive.", schema: ledgerSchema } },
  },
  {
    method: "get",
    path: "/ledger/trial-balance",
    tag: "Payments",
    summary: "Both sides of every account; each currency sums to zero",
    roles: ["finance"],
    answers: { 200: { description: "The trial balance.", schema: trialBalanceSchema } },
  },
];
