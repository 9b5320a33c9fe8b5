import { approveRefundForm } from "@/lib/payments/approval-form";
import { z } from "zod";
import { bankTransferForm, correctionForm, matchTransferForm, sentReturnForm } from "@/lib/payments/forms";
import { CURRENCIES } from "@/lib/kernel/money";
import { minorOf } from "@/lib/kernel/typed-sum";
import { whyNoSum } from "./no-sum";

export const refundIdForm = z.object({ refundId: z.uuid() });
export const approvedRefundForm = refundIdForm.extend(approveRefundForm.shape);
export const sentRefundForm = refundIdForm.extend(sentReturnForm.shape);

const ticked = z
  .literal("on")
  .optional()
  .transform((said) => said === "on");

/** Money that found no instalment, the booking it is for, and whether another sum may pay a part of it. */
export const typedMatchForm = matchTransferForm.extend({ mayDiffer: ticked });

/** A part of an instalment as it is typed: the sum in major units of its currency. */
export const typedPartForm = z
  .object({ planItemId: z.uuid(), currency: z.enum(CURRENCIES), amount: z.string() })
  .transform(({ planItemId, currency, amount }, context) => {
    const minor = minorOf(amount, currency);
    if (minor !== null) return { planItemId, partMinor: BigInt(minor) };
    context.addIssue({ code: "custom", path: ["amount"], message: whyNoSum(amount, currency) });
    return z.NEVER;
  });

/** A bank transfer as it is typed: the sum in major units of its currency. */
export const typedTransferForm = z
  .object({
    mayDiffer: ticked,
    reference: z.string({ error: "Please fill this in." }),
    receivedOn: z.string({ error: "Please fill this in." }),
    amount: z.string({ error: "Please fill this in." }),
    currency: z.enum(CURRENCIES),
  })
  .transform(({ amount, ...form }, context) => {
    const read = bankTransferForm.safeParse({ ...form, amount: minorOf(amount, form.currency) ?? amount });
    if (read.success) return read.data;
    for (const { path, message } of read.error.issues) {
      const sentence = path[0] === "amount" ? whyNoSum(amount, form.currency) : message;
      context.addIssue({ code: "custom", path: [...path], message: sentence });
    }
    return z.NEVER;
  });

/** A correction as it is typed: the sum in major units of its currency. */
export const typedCorrectionForm = z
  .object({
    corrects: z.string({ error: "Please fill this in." }),
    debit: z.string({ error: "Please fill this in." }),
    credit: z.string({ error: "Please fill this in." }),
    currency: z.enum(CURRENCIES),
    amount: z.string({ error: "Please fill this in." }),
    reason: z.string({ error: "Please fill this in." }),
    once: z.uuid(),
  })
  .transform(({ amount, ...form }, context) => {
    const minor = minorOf(amount, form.currency);
    const read = correctionForm.safeParse({ ...form, amountMinor: minor ?? amount });
    if (read.success) return read.data;
    for (const { path, message } of read.error.issues) {
      const isSum = path[0] === "amountMinor";
      const sentence = isSum ? whyNoSum(amount, form.currency) : message;
      context.addIssue({ code: "custom", path: isSum ? ["amount"] : [...path], message: sentence });
    }
    return z.NEVER;
  });
