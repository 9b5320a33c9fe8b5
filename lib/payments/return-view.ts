import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { dayOf } from "@/lib/kernel/day";
import { moneyView } from "@/lib/kernel/money";
import { moneySchema } from "@/lib/estimates/views";
import { matchTransferForm, returnReasonForm, sentReturnForm } from "./forms";
import { transferSchema } from "./views";

const at = z.string();

const RETURN_STATES = ["proposed", "approved", "sent", "refused", "withdrawn"] as const;

export const returnSchema = z.object({
  id: z.uuid(),
  transferId: z.uuid(),
  state: z.enum(RETURN_STATES),
  reason: z.string(),
  reference: z.string().nullable().describe("What the payer wrote."),
  amount: moneySchema,
  receivedOn: z.string(),
  proposedById: z.uuid(),
  approvedById: z.uuid().nullable(),
  refusedReason: z.string().nullable(),
  bankReference: z.string().nullable(),
  withdrawnReason: z.string().nullable().describe("Why it was taken back after its approval."),
  proposedAt: at,
  approvedAt: at.nullable(),
  refusedAt: at.nullable(),
  sentAt: at.nullable(),
  withdrawnAt: at.nullable(),
});

interface ReturnFacts {
  id: string;
  transferId: string;
  state: (typeof RETURN_STATES)[number];
  reason: string;
  transfer: { reference: string | null; currency: string; amountMinor: bigint; receivedOn: Date };
  proposedById: string;
  approvedById: string | null;
  refusedReason: string | null;
  bankReference: string | null;
  withdrawnReason: string | null;
  proposedAt: Date;
  approvedAt: Date | null;
  refusedAt: Date | null;
  sentAt: Date | null;
  withdrawnAt: Date | null;
}

export function returnView(row: ReturnFacts): z.output<typeof returnSchema> {
  const { id, transferId, state, reason, proposedById, approvedById, refusedReason, bankReference } = row;
  const { withdrawnReason, withdrawnAt } = row;
  const { reference, currency, amountMinor, receivedOn } = row.transfer;
  return {
    ...{ id, transferId, state, reason, reference, proposedById, approvedById, refusedReason, bankReference },
    withdrawnReason,
    amount: moneyView(amountMinor, currency),
    receivedOn: dayOf(receivedOn),
    proposedAt: row.proposedAt.toISOString(),
    approvedAt: row.approvedAt?.toISOString() ?? null,
    refusedAt: row.refusedAt?.toISOString() ?? null,
    sentAt: row.sentAt?.toISOString() ?? null,
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
  };
}

/** The booking a transfer is looked at for; the transfer itself stands in the address. */
export const matchForm = matchTransferForm.omit({ transferId: true });

const returnList = z.object({ items: z.array(returnSchema), next: z.string().nullable() });
const shown = (description: string) => ({ 200: { description, schema: returnSchema } });
const inTransfers = { tag: "Payments", roles: ["finance"] } satisfies Partial<ApiOperation>;

export const returnsApi: ApiOperation[] = [
  {
    ...inTransfers,
    method: "post",
    path: "/bank-transfers/{id}/match",
    summary: "Look for the instalment of an unmatched transfer in the booking named",
    body: matchForm,
    answers: { 200: { description: "Matched, or unmatched still and why.", schema: transferSchema } },
    refusals: ["payment_in_progress", "payment_provider_unavailable", "step_up_required"],
  },
  {
    ...inTransfers,
    method: "post",
    path: "/bank-transfers/{id}/return",
    summary: "Propose that a transfer which pays nothing goes back to where it came from",
    body: returnReasonForm,
    answers: { 201: { description: "Proposed; somebody else approves it.", schema: returnSchema } },
    refusals: ["return_under_way", "illegal_transition"],
  },
  {
    ...inTransfers,
    method: "get",
    path: "/transfer-returns",
    summary: "Transfers on their way back, then the last that ended",
    answers: { 200: { description: "What waits longest comes first.", schema: returnList } },
  },
  {
    ...inTransfers,
    method: "post",
    path: "/transfer-returns/{id}/approve",
    summary: "Approve somebody else's proposal",
    answers: shown("Approved: owed to the payer."),
    refusals: ["same_person", "illegal_transition", "step_up_required"],
  },
  {
    ...inTransfers,
    method: "post",
    path: "/transfer-returns/{id}/refuse",
    summary: "Refuse a way back; the transfer can be matched again",
    body: returnReasonForm,
    answers: shown("Refused."),
    refusals: ["illegal_transition"],
  },
  {
    ...inTransfers,
    method: "post",
    path: "/transfer-returns/{id}/withdraw",
    summary: "Take an approved way back again before the bank has sent it",
    body: returnReasonForm,
    answers: shown("Withdrawn: held for the payer as before."),
    refusals: ["illegal_transition", "step_up_required"],
  },
  {
    ...inTransfers,
    method: "post",
    path: "/transfer-returns/{id}/send",
    summary: "Write down that the bank sent it back, with the bank's reference",
    body: sentReturnForm,
    answers: shown("Sent back."),
    refusals: ["illegal_transition", "step_up_required"],
  },
];
