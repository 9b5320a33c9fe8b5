import type Stripe from "stripe";
import { z } from "zod";
import { recordMovement } from "./balance-transactions";
import { charge } from "./charges";
import { exponentOf } from "./currencies";
import { invalidRequest, missing } from "./errors";
import { idOf, newId } from "./ids";
import { createdWithin, matches, page } from "./lists";
import { flag, listing, mergeMetadata, metadata, readParameters } from "./parameters";
import type { Route } from "./routes";
import type { Sandbox } from "./sandbox";

const answerWithin = 9 * 24 * 60 * 60;
const feeUnits = 15;
const ends = ["lost", "won", "warning_closed", "prevented"] as const;

export function dispute(sandbox: Sandbox, id: string): Stripe.Dispute {
  const found = sandbox.store.get("disputes", id);
  if (found === undefined) throw missing("dispute", id, "dispute");
  return found;
}

/** All that was neither refunded nor asked for: what a bank asks for that names no sum. Nothing while it asks already. */
export function disputeRest(sandbox: Sandbox, chargeId: string): void {
  const paid = charge(sandbox, chargeId);
  const amount = leftOf(sandbox, paid);
  if (amount > 0 && !paid.disputed) openDispute(sandbox, chargeId, amount);
}

/**
 * The buyer's bank takes a sum back until the dispute is decided: also one part of a charge after another, and also what was
 * refunded, of which it does not know yet. No more than was paid.
 */
export function openDispute(sandbox: Sandbox, chargeId: string, amount: number): void {
  const paid = charge(sandbox, chargeId);
  const rest = paid.amount_captured - takenOf(sandbox, paid.id);
  if (amount > rest) throw invalidRequest(`Of this charge ${rest} can be disputed, not ${amount}.`);
  const id = newId("du");
  const withdrawn = recordMovement(sandbox, {
    type: "adjustment",
    category: "dispute",
    amount: -amount,
    fee: feeUnits * 10 ** exponentOf(paid.currency),
    currency: paid.currency,
    source: id,
    description: `Chargeback withdrawal for ${paid.id}`,
  });
  sandbox.store.put("charges", { ...paid, disputed: true });
  const made = sandbox.store.put("disputes", newDispute(id, paid, amount, withdrawn));
  sandbox.emit("charge.dispute.created", made);
  sandbox.emit("charge.dispute.funds_withdrawn", made);
}

const disputesOf = (sandbox: Sandbox, chargeId: string) =>
  sandbox.store.all("disputes").filter((row) => row.charge === chargeId);

/** What the buyer's bank has of a charge, for now or for good. */
function takenOf(sandbox: Sandbox, chargeId: string): number {
  const moved = disputesOf(sandbox, chargeId).flatMap((row) => row.balance_transactions);
  return -moved.reduce((sum, { amount }) => sum + amount, 0);
}

/** What of a charge is here: neither refunded nor with the buyer's bank. */
export function leftOf(sandbox: Sandbox, { id, amount_captured, amount_refunded }: Stripe.Charge): number {
  return Math.max(0, amount_captured - amount_refunded - takenOf(sandbox, id));
}

function newDispute(
  id: string,
  paid: Stripe.Charge,
  amount: number,
  withdrawn: Stripe.BalanceTransaction,
): Stripe.Dispute {
  return {
    id,
    object: "dispute",
    amount,
    balance_transactions: [withdrawn],
    charge: paid.id,
    created: withdrawn.created,
    currency: paid.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence,
    evidence_details: {
      due_by: withdrawn.created + answerWithin,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: paid.payment_intent,
    payment_method_details: {
      card: { brand: "visa", case_type: "chargeback", network: "visa", network_reason_code: "10.4" },
      type: "card",
    },
    reason: "fraudulent",
    status: "needs_response",
  } satisfies Stripe.Dispute;
}

const noEvidence: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};

const updateShape = z.strictObject({
  evidence: z.strictObject({ uncategorized_text: z.string().optional() }).optional(),
  metadata: metadata.optional(),
  submit: flag.optional(),
});

/**
 * As in Stripe's test mode, the evidence `winning_evidence` or `losing_evidence` decides the dispute; `closed_inquiry` and
 * `settled_before` give it the ends of what never became one. By `refunded_before` it is lost, and what had been refunded of it
 * comes back.
 */
function update(sandbox: Sandbox, fields: unknown, id: string): Stripe.Dispute {
  const before = unanswered(sandbox, id);
  const asked = readParameters(updateShape, fields);
  const text = asked.evidence?.uncategorized_text ?? before.evidence.uncategorized_text;
  const submitted = asked.submit ?? asked.evidence !== undefined;
  const changed: Stripe.Dispute = {
    ...before,
    evidence: { ...before.evidence, uncategorized_text: text },
    evidence_details: {
      ...before.evidence_details,
      has_evidence: text !== null,
      submission_count: before.evidence_details.submission_count + (submitted ? 1 : 0),
      submission_method: submitted ? "manual" : before.evidence_details.submission_method,
    },
    metadata: mergeMetadata(before.metadata, asked.metadata),
    status: submitted ? "under_review" : before.status,
  };
  if (submitted && text === "winning_evidence") return decide(sandbox, changed, "won");
  if (submitted && text === "losing_evidence") return decide(sandbox, changed, "lost");
  if (submitted && text === "refunded_before")
    return decide(sandbox, changed, "lost", overlap(sandbox, changed));
  if (submitted && text === "closed_inquiry") return decide(sandbox, changed, "warning_closed");
  if (submitted && text === "settled_before") return decide(sandbox, changed, "prevented");
  sandbox.emit("charge.dispute.updated", sandbox.store.put("disputes", changed));
  return changed;
}

function unanswered(sandbox: Sandbox, id: string): Stripe.Dispute {
  const found = dispute(sandbox, id);
  if (ends.some((end) => end === found.status)) throw invalidRequest("This dispute is already closed.");
  return found;
}

/** What the buyer has twice of a dispute: refunded, and asked for by their bank. */
function overlap(sandbox: Sandbox, { amount, charge: chargeRef }: Stripe.Dispute): number {
  const paid = charge(sandbox, idOf(chargeRef) ?? "");
  const beyond = takenOf(sandbox, paid.id) + paid.amount_refunded - paid.amount_captured;
  return Math.min(amount, Math.max(0, beyond));
}

function decide(
  sandbox: Sandbox,
  before: Stripe.Dispute,
  status: (typeof ends)[number],
  back = status === "won" || status === "warning_closed" ? before.amount : 0,
): Stripe.Dispute {
  const transactions = [...before.balance_transactions];
  if (back > 0) transactions.push(giveBack(sandbox, before, back));
  const closed = sandbox.store.put("disputes", { ...before, balance_transactions: transactions, status });
  const paid = charge(sandbox, idOf(before.charge) ?? "");
  // Of what was lost in part the rest is free again.
  const isOpen = disputesOf(sandbox, paid.id).some((row) => !ends.some((end) => end === row.status));
  const isGone = takenOf(sandbox, paid.id) > 0 && leftOf(sandbox, paid) === 0;
  sandbox.store.put("charges", { ...paid, disputed: isOpen || isGone });
  sandbox.emit("charge.dispute.closed", closed);
  if (back > 0) sandbox.emit("charge.dispute.funds_reinstated", closed);
  return closed;
}

function giveBack(sandbox: Sandbox, { id, currency, charge: chargeRef }: Stripe.Dispute, amount: number) {
  return recordMovement(sandbox, {
    type: "adjustment",
    category: "dispute_reversal",
    amount,
    fee: 0,
    currency,
    source: id,
    description: `Chargeback reversal for ${idOf(chargeRef) ?? ""}`,
  });
}

function close(sandbox: Sandbox, fields: unknown, id: string): Stripe.Dispute {
  readParameters(z.strictObject({}), fields);
  return decide(sandbox, unanswered(sandbox, id), "lost");
}

const listShape = z.strictObject({
  ...listing,
  charge: z.string().optional(),
  payment_intent: z.string().optional(),
});

function list(sandbox: Sandbox, fields: unknown): object {
  const asked = readParameters(listShape, fields);
  const rows = sandbox.store
    .all("disputes")
    .filter(
      (row) =>
        matches(row.charge, asked.charge) &&
        matches(row.payment_intent, asked.payment_intent) &&
        createdWithin(row.created, asked.created),
    );
  return page(rows, asked, "/v1/disputes");
}

export const disputeRoutes: Route[] = [
  { method: "GET", path: "/v1/disputes", answer: list },
  {
    method: "GET",
    path: "/v1/disputes/:id",
    answer: (sandbox, fields, id) => {
      readParameters(z.strictObject({}), fields);
      return dispute(sandbox, id);
    },
  },
  { method: "POST", path: "/v1/disputes/:id", answer: update },
  { method: "POST", path: "/v1/disputes/:id/close", answer: close },
];
