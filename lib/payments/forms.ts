import { z } from "zod";
import { isDay } from "@/lib/kernel/day";
import { CURRENCIES } from "@/lib/kernel/money";
import { causeField } from "@/lib/bookings/forms";
import { pageForm } from "@/lib/cases/page";
import { dayField, plainText } from "@/lib/estimates/forms";
import { LEDGER_ACCOUNTS } from "./ledger";
import { REFUND_STATES } from "./refund";

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

/** Causes outside the refund matrix: somebody names the sum. */
const OTHER_CAUSES = ["surplus", "goodwill", "duplicate", "complaint"] as const;

export const proposeRefundForm = z
  .object({
    bookingId: z.uuid().optional(),
    paymentId: z.uuid().optional(),
    cause: z.union([z.enum(OTHER_CAUSES), causeField]),
    amount: amountField.optional(),
  })
  .refine((form) => form.bookingId !== undefined || form.paymentId !== undefined, {
    path: ["bookingId"],
    message: "Name a booking or a payment.",
  });
export type ProposeRefundForm = z.output<typeof proposeRefundForm>;

export const bankTransferForm = z
  .object({
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
    return { reference, planItemId, receivedOn, amountMinor: amount.amountMinor, currency: said };
  });
export type BankTransferForm = z.output<typeof bankTransferForm>;

/** Money that found no instalment, and the booking it is for. */
export const matchTransferForm = z.object({ transferId: z.uuid(), booking: plainText(40) });
export type MatchTransferForm = z.output<typeof matchTransferForm>;

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

export const refundListForm = z.object({ ...pageForm, state: z.enum(REFUND_STATES).optional() });
export type RefundListForm = z.output<typeof refundListForm>;
