import { TAKEN_BY_BANK } from "@/lib/bookings/taken";
import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { moneyView } from "@/lib/kernel/money";
import { moneySchema } from "@/lib/estimates/views";
import { askOpinionForm, paidOutForm } from "@/lib/reviews/forms";
import { OPINION_ENDS, OPINION_STATES, OPINION_TERMS } from "@/lib/reviews/opinion";
import type { OfferRow, OpinionRow } from "@/lib/reviews/read-opinions";
import { REFUND_STATES, type RefundState } from "./refund";
import { checkoutSchema } from "./views";

const at = z.string();
const clinic = z.object({ slug: z.string(), name: z.string(), legalName: z.string() });

export const opinionSchema = z.object({
  id: z.uuid(),
  number: z.string(),
  caseId: z.uuid(),
  clinic: clinic.describe("Who answers, and to whom the fee goes."),
  state: z.enum(OPINION_STATES),
  fee: moneySchema,
  termsVersion: z.string(),
  answerDays: z.int().describe("Business days from the payment to the deadline."),
  reviewId: z.uuid().nullable().describe("The question to the centre, once it was put."),
  endCause: z.enum(OPINION_ENDS).nullable(),
  refund: z
    .enum([...REFUND_STATES, "taken"])
    .nullable()
    .describe(
      "How the way back of the fee stands, `taken` where the payer has it by their bank; null when it has none.",
    ),
  bankReference: z.string().nullable(),
  askedAt: at,
  payBy: at,
  announcedAt: at
    .nullable()
    .describe("When the payer said that the fee, still unpaid, comes by bank transfer."),
  paidAt: at.nullable(),
  dueAt: at.nullable(),
  deliveredAt: at.nullable(),
  releasedAt: at.nullable(),
  paidOutAt: at.nullable(),
  endedAt: at.nullable(),
});
export type OpinionView = z.output<typeof opinionSchema>;

/** Where the fee went at the bank concerns finance alone. */
export function opinionView(row: OpinionRow, isFinance = false): OpinionView {
  const moment = (date: Date | null) => date?.toISOString() ?? null;
  const { id, number, caseId, state, termsVersion, answerDays, reviewId } = row;
  return {
    ...{ id, number, caseId, clinic: row.clinic, state, termsVersion, answerDays, reviewId },
    fee: moneyView(row.feeMinor, row.currency),
    endCause: OPINION_ENDS.find((cause) => cause === row.endCause) ?? null,
    refund: refundOf(row.payments[0]?.refunds[0]),
    bankReference: isFinance ? row.bankReference : null,
    ...{ askedAt: row.askedAt.toISOString(), payBy: row.payBy.toISOString(), paidAt: moment(row.paidAt) },
    ...{ dueAt: moment(row.dueAt), deliveredAt: moment(row.deliveredAt), endedAt: moment(row.endedAt) },
    announcedAt: state === "awaiting_payment" ? moment(row.transferAnnouncedAt) : null,
    ...{ releasedAt: moment(row.releasedAt), paidOutAt: moment(row.paidOutAt) },
  };
}

function refundOf(refund?: { state: RefundState; refusedReason: string | null }) {
  if (!refund) return null;
  return refund.refusedReason === TAKEN_BY_BANK ? ("taken" as const) : refund.state;
}

const offerSchema = z.object({
  clinic: clinic.describe("Who answers, and to whom the fee goes."),
  fee: moneySchema,
  answerDays: z.int(),
  termsVersion: z.string(),
  hasConsent: z
    .boolean()
    .describe("Whether the case is open to this centre; without that nothing can be ordered."),
});
export type OfferView = z.output<typeof offerSchema>;

export function offerView({ clinic: by, feeMinor, currency, answerDays, hasConsent }: OfferRow): OfferView {
  return {
    ...{ clinic: by, fee: moneyView(feeMinor, currency), answerDays },
    ...{ termsVersion: OPINION_TERMS, hasConsent },
  };
}

const listOf = <T extends z.ZodType>(schema: T) => z.object({ items: z.array(schema), next: z.null() });
const one = { 200: { description: "The second opinion.", schema: opinionSchema } };
const tag = "Second opinions";

export const opinionsApi: ApiOperation[] = [
  {
    method: "get",
    path: "/cases/{id}/opinion-offers",
    tag,
    summary: "Which centres give a written second opinion, for which fee",
    roles: ["patient"],
    answers: {
      200: { description: "Centres the case is open to come first.", schema: listOf(offerSchema) },
    },
  },
  {
    method: "post",
    path: "/cases/{id}/opinions",
    tag,
    summary:
      "Order a second opinion for the fee that was shown; it comes back whole unless two doctors signed by the deadline",
    roles: ["patient"],
    body: askOpinionForm,
    answers: { 201: { description: "Ordered and to be paid.", schema: opinionSchema } },
    refusals: [
      ...["forbidden", "illegal_transition", "urgent_case", "not_fit_to_travel", "invalid_clinic"],
      ...["fee_changed", "no_consent", "records_missing", "already_requested", "already_ordered"],
    ],
  },
  {
    method: "get",
    path: "/cases/{id}/opinions",
    tag,
    summary: "The second opinions of a case",
    roles: ["patient", "coordinator"],
    answers: { 200: { description: "Oldest first.", schema: listOf(opinionSchema) } },
  },
  {
    method: "get",
    path: "/opinions",
    tag,
    summary: "Second opinions that were paid, for finance",
    roles: ["finance"],
    answers: { 200: { description: "What is held comes first.", schema: listOf(opinionSchema) } },
  },
  {
    method: "get",
    path: "/opinions/{id}",
    tag,
    summary: "One second opinion",
    roles: ["patient", "coordinator", "finance"],
    answers: one,
  },
  {
    method: "post",
    path: "/opinions/{id}/checkout",
    tag,
    summary: "Open the payment page of the fee",
    roles: ["patient"],
    answers: {
      200: { description: "Where to pay; a second call gives the same page.", schema: checkoutSchema },
    },
    refusals: [
      ...["already_paid", "opinion_ended", "no_consent", "illegal_transition", "urgent_case", "forbidden"],
      ...[
        "not_fit_to_travel",
        "amount_not_chargeable",
        "payment_in_progress",
        "payment_provider_unavailable",
      ],
    ],
  },
  {
    method: "post",
    path: "/opinions/{id}/cancel",
    tag,
    summary: "Call it off before the centre was asked; a paid fee comes back whole",
    roles: ["patient"],
    answers: one,
    refusals: ["forbidden", "illegal_transition", "already_requested", "payment_disputed"],
  },
  {
    method: "post",
    path: "/opinions/{id}/release",
    tag,
    summary: "Pass the fee of a delivered second opinion on: it is owed to the centre",
    roles: ["finance"],
    answers: one,
    refusals: ["illegal_transition", "step_up_required"],
  },
  {
    method: "post",
    path: "/opinions/{id}/pay-out",
    tag,
    summary:
      "Say that the fee was paid to the centre through the bank, by somebody else than who released it",
    roles: ["finance"],
    body: paidOutForm,
    answers: one,
    refusals: ["illegal_transition", "same_person", "step_up_required"],
  },
];
