import { addDays, dayOf } from "@/lib/kernel/day";
import { acceptEstimate } from "@/lib/estimates/accept-estimate";
import { draftEstimate } from "@/lib/estimates/draft-estimate";
import { draftEstimateForm } from "@/lib/estimates/forms";
import type { EstimateFacts } from "@/lib/estimates/queries";
import { sendEstimate } from "@/lib/estimates/send-estimate";
import { type AnsweredCase, makeAnsweredCase } from "./reviews";

type Sent = Record<string, unknown>;

/** A line as the API takes it, with three equal amounts unless said otherwise. */
export function line(kind: string, amount: number, more: Sent = {}): Sent {
  return {
    contract: "B",
    kind,
    quantity: 1,
    unit: "piece",
    low: amount,
    expected: amount,
    high: amount,
    cause: "Price list",
    optional: false,
    ...more,
  };
}

/** Treatment 30,000 EUR for the hospital; 2,000 EUR fee, ride, interpreter and an optional ride back. */
export const usualLines: Sent[] = [
  line("treatment", 3_000_000, { contract: "A", low: 2_800_000, high: 3_600_000, cause: "Length of stay" }),
  line("operator_fee", 200_000),
  line("transfer_arrival", 12_000),
  line("interpreter", 60_000, { optional: true, quantity: 5, unit: "hour" }),
  line("transfer_return", 12_000, { optional: true }),
];

export function estimateForm(lines: Sent[] = usualLines, more: Sent = {}) {
  return draftEstimateForm.parse({
    currency: "EUR",
    validUntil: addDays(dayOf(new Date()), 20),
    lines,
    exclusions: ["Flights"],
    ...more,
  });
}

function value<T>(outcome: { ok: true; value: T } | { ok: false; reason: string }): T {
  if (!outcome.ok) throw new Error(`The set-up was refused: ${outcome.reason}`);
  return outcome.value;
}

export async function makeSentEstimate(answered: AnsweredCase, lines?: Sent[]): Promise<EstimateFacts> {
  const now = new Date();
  const draft = value(await draftEstimate(answered.owner, answered.reviewId, estimateForm(lines), now));
  return value(await sendEstimate(answered.owner, draft.id, now));
}

export interface AcceptedCase extends AnsweredCase {
  estimate: EstimateFacts;
}

/** A case whose patient has accepted an estimate and may hold a day. */
export async function makeAcceptedCase(
  wish: Parameters<typeof makeAnsweredCase>[0] & { lines?: Sent[] } = {},
): Promise<AcceptedCase> {
  const answered = await makeAnsweredCase(wish);
  const sent = await makeSentEstimate(answered, wish.lines);
  const estimate = value(
    await acceptEstimate(answered.patient, sent.id, { hash: sent.hash ?? "" }, new Date()),
  );
  return { ...answered, estimate };
}
