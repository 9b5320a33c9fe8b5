import { z } from "zod";
import { isDay } from "@/lib/kernel/day";
import { CURRENCIES } from "@/lib/kernel/money";
import { causeField } from "@/lib/bookings/forms";
import { WITHDRAWAL } from "@/lib/bookings/withdrawal";
import { pageForm } from "@/lib/cases/page";
import { ANSWER_HOURS, CHANGE_REASONS } from "@/lib/bookings/price-change";
import { dayField, kindField, minorField, plainText, quantityField } from "@/lib/estimates/forms";
import { seenAtField } from "@/lib/records/forms";
import { EXPLANATION_CAUSE_NAMES } from "./explanation";
import { LEDGER_ACCOUNTS, OWN_ACCOUNTS } from "./ledger";
import { NAMED_CAUSES, REFUND_STATES } from "./refund";
import { RATE_BP_MAX, TAX_TREATMENTS, TAXED_KINDS } from "./tax";

const AMOUNT_MAX = 1_000_000_000_000;
const minor = z
  .int("Whole minor units, without decimals.")
  .min(1, "More than zero.")
  .max(AMOUNT_MAX, "Too large.");
const currency = z.enum(CURRENCIES, { error: "A currency such as EUR." });

/** An amount in minor units, bare or with its currency. */
const amountField = z.union([
  minor.transform((amount) => ({ amountMinor: BigInt(amount), currency: null })),
  z
    .object({ amount: minor, currency })
    .transform((money) => ({ amountMinor: BigInt(money.amount), currency: money.currency })),
]);

export const proposeRefundForm = z
  .object({
    bookingId: z.uuid().optional(),
    paymentId: z.uuid().optional(),
    cause: z.union([z.enum(NAMED_CAUSES), z.literal(WITHDRAWAL), causeField]),
    amount: amountField.optional(),
  })
  .refine((form) => form.bookingId !== undefined || form.paymentId !== undefined, {
    path: ["bookingId"],
    message: "Name a booking or a payment.",
  });
export type ProposeRefundForm = z.output<typeof proposeRefundForm>;

/** Somebody of finance has looked: money of another sum pays a part of what is due first, or that and leaves a rest. */
const mayDiffer = z.boolean().optional();

export const bankTransferForm = z
  .object({
    mayDiffer,
    reference: plainText(200).optional(),
    planItemId: z.uuid().optional(),
    amount: amountField,
    currency: currency.optional(),
    receivedOn: dayField,
  })
  .transform((form, context) => {
    const said = form.amount.currency ?? form.currency;
    if (form.reference === undefined && form.planItemId === undefined) {
      context.addIssue({
        code: "custom",
        path: ["reference"],
        message: "Name the reference or the instalment.",
      });
    }
    if (said === undefined) {
      context.addIssue({ code: "custom", path: ["currency"], message: "Name the currency." });
      return z.NEVER;
    }
    const { reference = null, planItemId = null, receivedOn, amount } = form;
    const { amountMinor } = amount;
    return { reference, planItemId, receivedOn, amountMinor, currency: said, mayDiffer: form.mayDiffer };
  });
export type BankTransferForm = z.output<typeof bankTransferForm>;

/** Money that found no instalment, and the booking it is for. */
export const matchTransferForm = z.object({ transferId: z.uuid(), booking: plainText(40), mayDiffer });
export type MatchTransferForm = z.output<typeof matchTransferForm>;

/** Why a transfer that pays nothing goes back; a colleague reads it. */
export const returnReasonForm = z.object({ reason: plainText(500) });
export const proposeReturnForm = returnReasonForm.extend({ transferId: z.uuid() });
export type ProposeReturnForm = z.output<typeof proposeReturnForm>;
export const returnIdForm = z.object({ returnId: z.uuid() });
export const sentReturnForm = z.object({ bankReference: plainText(140) });
/** What the bank calls a refund that was sent through it; whoever types it on the page must know it. */
export const settleRefundForm = z.object({ bankReference: plainText(140).optional() });

/** The patient reads the reason on the statement. */
export const refuseRefundForm = z.object({ reason: plainText(500) });
export type RefuseRefundForm = z.output<typeof refuseRefundForm>;

/** A day, or a moment with its offset. A day as an end means until its last second. */
const momentField = z
  .string()
  .max(40)
  .refine((text) => isDay(text) || z.iso.datetime({ offset: true }).safeParse(text).success, {
    message: "Write a day as 2026-05-04 or a moment as 2026-05-04T10:00:00+02:00.",
  });

export const ledgerForm = z.object({
  ...pageForm,
  account: z.enum(LEDGER_ACCOUNTS).optional(),
  bookingId: z.uuid().optional(),
  from: momentField.optional(),
  to: momentField.optional(),
});
export type LedgerForm = z.output<typeof ledgerForm>;

/** One account in one currency, for days or for ever. */
export const accountForm = z.object({
  ...pageForm,
  account: z.enum(LEDGER_ACCOUNTS),
  currency,
  from: dayField.optional(),
  to: dayField.optional(),
});
export type AccountForm = z.output<typeof accountForm>;

export const ledgerPeriodForm = z
  .object({ from: dayField, to: dayField })
  .refine(({ from, to }) => from <= to, {
    path: ["to"],
    message: "Give a last day that is the first day or a later one.",
  });
export type LedgerPeriodForm = z.output<typeof ledgerPeriodForm>;

/** Exactly what was shown: `key` names every line with its sum. */
export const proposeReleaseForm = z.object({
  bookingId: z.uuid(),
  contract: z.enum(["A", "B"]),
  payee: plainText(200).optional(),
  key: z.string().min(1).max(20_000),
});
export type ProposeReleaseForm = z.output<typeof proposeReleaseForm>;
const releaseIdForm = z.object({ releaseId: z.uuid() });
export const refuseReleaseForm = releaseIdForm.extend({ reason: plainText(500) });
export const payReleaseForm = releaseIdForm.extend({ bankReference: plainText(140) });
/** Why a release is taken back; of one that was paid also the bank's reference of what came back. */
export const recallReleaseForm = refuseReleaseForm.extend({ evidence: plainText(140).optional() });
export const recallIdForm = z.object({ recallId: z.uuid() });

/** A correction of the operator's own accounts; `once` is its name, so that it is booked once. */
export const correctionForm = z.object({
  corrects: plainText(200),
  debit: z.enum(OWN_ACCOUNTS),
  credit: z.enum(OWN_ACCOUNTS),
  currency,
  amountMinor: minor.transform(BigInt),
  reason: plainText(300),
  once: z.uuid(),
});
export type CorrectionForm = z.output<typeof correctionForm>;

const monthField = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "A month such as 2026-05.");
export const monthForm = z.object({ month: monthField });
export const confirmMonthForm = z.object({ month: monthField, hash: z.string().regex(/^[0-9a-f]{64}$/) });

const pageOnly = z.object({ ...pageForm, limit: pageForm.limit.default(20) });

/** The page of a list an address asks for; the first where it asks for nothing that can be. */
export function pageQuery(asked: Readonly<Record<string, string>>): z.output<typeof pageOnly> {
  const read = pageOnly.safeParse({ cursor: asked["cursor"] });
  return read.success ? read.data : pageOnly.parse({});
}

export const refundListForm = z.object({ ...pageForm, state: z.enum(REFUND_STATES).optional() });
export type RefundListForm = z.output<typeof refundListForm>;

/** What a line shall cost, in minor units; nothing drops it. */
const changedSum = z.union([
  minorField.transform((amount) => ({ amountMinor: BigInt(amount), currency: null })),
  z
    .object({ amount: minorField, currency })
    .transform((money) => ({ amountMinor: BigInt(money.amount), currency: money.currency })),
]);

const changedLine = z
  .object({
    lineId: z.uuid().optional(),
    kind: kindField.optional(),
    label: plainText(200).optional(),
    quantity: quantityField,
    unit: plainText(40).default("piece"),
    device: plainText(60).optional(),
    amount: changedSum,
    cause: plainText(500),
  })
  .refine((line) => (line.lineId === undefined) !== (line.kind === undefined), {
    path: ["lineId"],
    message: "Name a booked line by its lineId, or the kind of a new one.",
  });

const emergency = z.object({
  happenedAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  doctor: plainText(200),
  reason: plainText(1000),
});

/**
 * A change of one contract of a booking: its lines with the sum each shall cost, why, and how long there is to answer.
 * With `emergency` it was done already, because the patient could not be asked.
 */
export const proposeChangeForm = z
  .object({
    bookingId: z.uuid(),
    contract: z.enum(["A", "B"]).default("A"),
    reason: z.enum(CHANGE_REASONS),
    explanation: plainText(2000),
    validHours: z.int().min(ANSWER_HOURS.least).max(ANSWER_HOURS.most).default(ANSWER_HOURS.usual),
    lines: z.array(changedLine).min(1, "At least one line.").max(50, "At most 50 lines."),
    emergency: emergency.optional(),
  })
  .refine(({ lines }) => new Set(lines.map((line, index) => line.lineId ?? index)).size === lines.length, {
    path: ["lines"],
    message: "Name each line once.",
  });
export type ProposeChangeForm = z.output<typeof proposeChangeForm>;

/** A yes to exactly what was read: its hash, a typed name, and where the ceiling is passed a yes to that. */
export const acceptChangeForm = z.object({
  hash: z.string().trim().min(1).max(128),
  typedName: plainText(200),
  aboveCeiling: z.boolean().default(false),
});
export type AcceptChangeForm = z.output<typeof acceptChangeForm>;

export const declineChangeForm = z.object({ reason: plainText(1000).optional() });
export type DeclineChangeForm = z.output<typeof declineChangeForm>;

/** The centre's letter or report that proves an emergency. */
export const proveChangeForm = z.object({ recordId: z.uuid() });
export type ProveChangeForm = z.output<typeof proveChangeForm>;

export const changeListForm = z
  .object({ bookingId: z.uuid().optional(), caseId: z.uuid().optional() })
  .refine((form) => form.bookingId !== undefined || form.caseId !== undefined, {
    path: ["bookingId"],
    message: "Name a booking or a case.",
  });
export type ChangeListForm = z.output<typeof changeListForm>;

const NEEDS_RATE = "A rate from 0 to 10000, without decimals.";
const NEEDS_NOTE = "Say why there is no tax: the paragraph or code.";
const rateField = z
  .string()
  .trim()
  .regex(/^\d{1,5}$/, NEEDS_RATE)
  .transform(Number)
  .refine((rate) => rate <= RATE_BP_MAX, NEEDS_RATE);

/** How one kind of line is taxed; a kind nobody chose a treatment for has no rule. */
const taxRuleField = z
  .object({
    treatment: z.enum(TAX_TREATMENTS).optional(),
    rateBp: rateField.optional(),
    note: plainText(300).optional(),
  })
  .superRefine(({ treatment, rateBp, note }, context) => {
    if (treatment === "standard" && rateBp === undefined)
      context.addIssue({ code: "custom", path: ["rateBp"], message: NEEDS_RATE });
    if (treatment && treatment !== "standard" && note === undefined)
      context.addIssue({ code: "custom", path: ["note"], message: NEEDS_NOTE });
  })
  .transform(({ treatment, rateBp = 0, note = "" }) => {
    if (!treatment) return null;
    return { treatment, note, rateBp: treatment === "standard" ? rateBp : 0 };
  });

export const taxRulesForm = z.object({
  seenAt: seenAtField,
  rules: z.partialRecord(z.enum(TAXED_KINDS), taxRuleField).default({}),
});
export type TaxRulesForm = z.output<typeof taxRulesForm>;

export const sellerForm = z
  .object({
    seenAt: seenAtField,
    name: plainText(200),
    address: plainText(500),
    vatId: plainText(40).optional(),
    taxNumber: plainText(40).optional(),
    register: plainText(200).optional(),
  })
  .refine(({ vatId, taxNumber }) => vatId !== undefined || taxNumber !== undefined, {
    path: ["vatId"],
    message: "A VAT number or a tax number.",
  })
  .transform(({ seenAt, name, address, vatId = "", taxNumber = "", register = "" }) => ({
    ...{ seenAt, seller: { name, address, vatId, taxNumber, register } },
  }));
export type SellerForm = z.output<typeof sellerForm>;

/** What a movement at the provider is, and where that is written. */
export const explainMovementForm = z.object({
  movementId: plainText(100),
  cause: z.enum(EXPLANATION_CAUSE_NAMES),
  note: plainText(300),
});
export type ExplainMovementForm = z.output<typeof explainMovementForm>;

export const explanationIdForm = z.object({ explanationId: z.uuid() });
