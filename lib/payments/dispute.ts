export const DISPUTE_STATES = ["needs_answer", "answered", "won", "lost"] as const;
export type DisputeState = (typeof DISPUTE_STATES)[number];

/** Why a payer asks their bank for the money, as far as another answer helps against it. */
export const DISPUTE_REASONS = [
  "fraudulent",
  "not_received",
  "not_as_described",
  "refund_missing",
  "duplicate",
  "other",
] as const;
export type DisputeReason = (typeof DISPUTE_REASONS)[number];

/** The state of a dispute by the provider's word for it; an inquiry goes the same way. A new word asks a person to look. */
export function disputeState(status: string): DisputeState {
  if (status === "won" || status === "lost") return status;
  return status === "under_review" || status === "warning_under_review" ? "answered" : "needs_answer";
}

const REASONS: Readonly<Record<string, DisputeReason>> = {
  fraudulent: "fraudulent",
  unrecognized: "fraudulent",
  debit_not_authorized: "fraudulent",
  product_not_received: "not_received",
  product_unacceptable: "not_as_described",
  credit_not_processed: "refund_missing",
  subscription_canceled: "refund_missing",
  duplicate: "duplicate",
};

/** What the provider's reason comes down to. */
export function disputeReason(reason: string): DisputeReason {
  return REASONS[reason] ?? "other";
}
