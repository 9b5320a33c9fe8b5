import { z } from "zod";
import { isDay } from "@/lib/kernel/day";
import { CURRENCIES } from "@/lib/kernel/money";
import { textField } from "@/lib/cases/forms";
import { pageForm } from "@/lib/cases/page";
import { seenAtField } from "@/lib/records/forms";
import { ANSWER_DAYS, FEE_MINOR_MAX } from "./opinion";
import { FITNESS, REVIEW_STATES, URGENCIES, VERDICTS } from "./review";

export const requestReviewsForm = z.object({
  clinics: z
    .array(textField(120))
    .min(1, "Name at least one clinic.")
    .max(10, "At most 10 clinics at once.")
    .transform((slugs) => [...new Set(slugs)]),
});
export type RequestReviewsForm = z.output<typeof requestReviewsForm>;

const requestForm = z
  .union([
    textField(1_000).transform((text) => ({ text })),
    z.object({
      item: textField(60).optional(),
      text: textField(1_000).optional(),
      reason: textField(1_000).optional(),
    }),
  ])
  .refine((request) => Object.values(request).some(Boolean), "Say what is needed.");

const conditionForm = z.union([
  textField(1_000).transform((text) => ({ text })),
  z.object({
    text: textField(1_000),
    owner: textField(120).optional(),
    dueOn: z.string().refine(isDay, "A day such as 2026-05-04.").optional(),
  }),
]);

const requestsField = z.array(requestForm).max(40);

export const askMoreInfoForm = z.object({ requests: requestsField.min(1, "Say what is needed.") });
export type AskMoreInfoForm = z.output<typeof askMoreInfoForm>;
export type InfoRequest = z.output<typeof requestForm>;

const figure = z.number().min(0).max(1_000_000);
const note = textField(2_000);

/** The structured part of a heart team's answer; a centre fills what it can say. */
export const answerForm = z.object({
  reviewers: z
    .array(z.object({ name: textField(120), role: textField(120), conflict: textField(300).optional() }))
    .max(20)
    .optional(),
  dataQuality: z.enum(["good", "limited", "not_assessable"]).optional(),
  diagnosis: z
    .union([
      note,
      z.object({ code: textField(60).optional(), text: note.optional(), grade: textField(120).optional() }),
    ])
    .optional(),
  proposedTreatment: textField(300).optional(),
  alternatives: z
    .array(z.object({ treatment: textField(300), whyNot: note.optional() }))
    .max(20)
    .optional(),
  device: textField(120).optional(),
  deviceSize: textField(60).optional(),
  access: textField(60).optional(),
  urgency: z.enum(URGENCIES).optional(),
  fitToTravel: z.enum(FITNESS).optional(),
  guidelineClass: textField(300).optional(),
  riskScores: z
    .object({
      euroScoreII: figure.optional(),
      stsProm: figure.optional(),
      triScore: figure.optional(),
      clinicalFrailty: figure.optional(),
      override: note.optional(),
    })
    .optional(),
  risks: z
    .array(
      z.object({
        event: textField(200),
        percent: z.number().min(0).max(100).optional(),
        lowPercent: z.number().min(0).max(100).optional(),
        highPercent: z.number().min(0).max(100).optional(),
        source: textField(300).optional(),
        ownFigure: textField(200).optional(),
      }),
    )
    .max(40)
    .optional(),
  stay: z
    .object({
      icuDays: figure.optional(),
      wardDays: figure.optional(),
      nearbyDaysLow: figure.optional(),
      nearbyDaysHigh: figure.optional(),
    })
    .optional(),
  medicines: z
    .array(
      z.object({
        drug: textField(200),
        dose: textField(120).optional(),
        duration: textField(120).optional(),
        monitoredBy: textField(120).optional(),
      }),
    )
    .max(40)
    .optional(),
  followUp: z
    .array(z.object({ what: textField(300), when: textField(120) }))
    .max(40)
    .optional(),
  /** For a "no": what would change it, and whom to ask next. */
  whatElse: note.optional(),
  reasonCode: textField(60).optional(),
});
export type AnswerForm = z.output<typeof answerForm>;

/** The answer's fields may stand beside the verdict or inside `answer`. */
export const decideReviewForm = z
  .object({
    verdict: z.enum(VERDICTS),
    reason: textField(4_000).optional(),
    conditions: z.array(conditionForm).max(40).optional(),
    requests: requestsField.optional(),
    answer: answerForm.optional(),
    ...answerForm.shape,
    fit_to_travel: z.enum(FITNESS).optional(),
  })
  .superRefine((form, context) => {
    const missing = missingOf(form);
    if (missing) context.addIssue({ code: "custom", path: [missing.path], message: missing.message });
  })
  .transform(({ verdict, reason, conditions, requests, answer, fit_to_travel, ...beside }) => ({
    verdict,
    reason,
    conditions,
    requests,
    answer: { ...answer, ...beside, ...(fit_to_travel ? { fitToTravel: fit_to_travel } : {}) },
  }));
export type DecideReviewForm = z.output<typeof decideReviewForm>;

interface Given {
  verdict: (typeof VERDICTS)[number];
  reason?: string | undefined;
  conditions?: readonly unknown[] | undefined;
  requests?: readonly unknown[] | undefined;
}

/** A "no" says why, a "yes, if" names the conditions, a question says what is asked. */
function missingOf(form: Given): { path: string; message: string } | null {
  switch (form.verdict) {
    case "not_eligible":
    case "refer_elsewhere":
      return form.reason ? null : { path: "reason", message: "Say why: the patient gets this as a paper." };
    case "eligible_with_conditions":
      return form.conditions?.length ? null : { path: "conditions", message: "Name at least one condition." };
    case "need_more_data":
      return form.requests?.length || form.reason
        ? null
        : { path: "requests", message: "Say what is needed." };
    case "eligible":
      return null;
  }
}

export const declineReviewForm = z.object({ reason: textField(1_000) });
export type DeclineReviewForm = z.output<typeof declineReviewForm>;

export const reopenReviewForm = z.object({ reason: textField(1_000) });
export type ReopenReviewForm = z.output<typeof reopenReviewForm>;

export const reviewsQuery = z.object({
  ...pageForm,
  state: z.enum(REVIEW_STATES).optional(),
  caseId: z.uuid().optional(),
});
export type ReviewsQuery = z.output<typeof reviewsQuery>;

export const consentIdForm = z.object({ consentId: z.uuid() });

/** A box that is ticked says on. */
export const aidsForm = z.object({
  seenAt: seenAtField,
  on: z
    .literal("yes")
    .optional()
    .transform((said) => said === "yes"),
});
export type AidsForm = z.output<typeof aidsForm>;

/** The order of a second opinion names fee, days and terms as they were shown: others are refused, never sold. */
export const askOpinionForm = z.object({
  clinic: textField(120),
  fee: z
    .object({
      amount: z.coerce.number().int().min(1).max(FEE_MINOR_MAX),
      currency: z.enum(CURRENCIES, { error: "A currency such as EUR." }),
    })
    .transform(({ amount, currency }) => ({ amountMinor: BigInt(amount), currency })),
  answerDays: z.coerce
    .number()
    .int()
    .optional()
    .describe("As the offer named them: an order under other ones is refused as fee_changed."),
  termsVersion: textField(40)
    .optional()
    .describe("As the offer named it: an order under another one is refused as fee_changed."),
});
export type AskOpinionForm = z.output<typeof askOpinionForm>;

export const opinionIdForm = z.object({ opinionId: z.uuid() });
/** What the bank calls the payment by which the fee went to its centre. */
export const paidOutForm = z.object({ bankReference: textField(140) });

/** What centres take, in minor units; one that is left out offers nothing. */
export const opinionFeesForm = z.object({
  seenAt: seenAtField,
  currency: z.enum(CURRENCIES, { error: "A currency such as EUR." }),
  answerDays: z.coerce
    .number("Whole business days.")
    .int("Whole business days.")
    .min(ANSWER_DAYS.min, `At least ${ANSWER_DAYS.min} business days.`)
    .max(ANSWER_DAYS.max, `At most ${ANSWER_DAYS.max} business days.`),
  fees: z.record(z.string().max(120), z.int().min(1, "More than zero.").max(FEE_MINOR_MAX, "Too large.")),
});
export type OpinionFeesForm = z.output<typeof opinionFeesForm>;
