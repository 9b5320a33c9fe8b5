import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { moneyView } from "@/lib/kernel/money";
import { moneySchema } from "@/lib/estimates/views";
import { DISPUTE_REASONS, DISPUTE_STATES, disputeReason, type DisputeState } from "./dispute";

const at = z.string();

const disputeSchema = z.object({
  id: z.string().describe("The payment provider's own name of it."),
  paymentId: z.uuid(),
  bookingId: z.uuid().nullable().describe("Null for the fee of a second opinion."),
  state: z.enum(DISPUTE_STATES),
  reason: z.enum(DISPUTE_REASONS),
  amount: moneySchema.describe("What the payer's bank asks for, or asked for."),
  openedAt: at,
  answerBy: at.nullable().describe("Until when the bank reads an answer."),
  endedAt: at.nullable(),
});

interface DisputeFacts {
  id: string;
  paymentId: string;
  bookingId: string | null;
  state: DisputeState;
  reason: string;
  currency: string;
  amountMinor: bigint;
  openedAt: Date;
  answerBy: Date | null;
  endedAt: Date | null;
}

export function disputeView(row: DisputeFacts): z.output<typeof disputeSchema> {
  const { id, paymentId, bookingId, state, reason, currency, amountMinor } = row;
  return {
    ...{ id, paymentId, bookingId, state, reason: disputeReason(reason) },
    amount: moneyView(amountMinor, currency),
    openedAt: row.openedAt.toISOString(),
    answerBy: row.answerBy?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

export const disputesApi: ApiOperation[] = [
  {
    ...{ tag: "Payments", roles: ["finance"], method: "get", path: "/disputes" },
    summary: "What payers' banks ask for, then the last that ended",
    answers: {
      200: {
        description: "What waits for an answer comes first, the nearest last day before the others.",
        schema: z.object({ items: z.array(disputeSchema), next: z.string().nullable() }),
      },
    },
  },
];
