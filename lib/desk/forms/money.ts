import { z } from "zod";
import { bankTransferForm, correctionForm } from "@/lib/payments/forms";
import { CURRENCIES } from "@/lib/kernel/money";
import { minorOf } from "../typed-sum";

export const refundIdForm = z.object({ refundId: z.uuid() });

/** A bank transfer as it is typed: the sum in major units of its currency. */
export const typedTransferForm = z
  .object({
    reference: z.string({ error: "Please fill this in." }),
    receivedOn: z.string({ error: "Please fill this in." }),
    amount: z.string({ error: "Please fill this in." }),
    currency: z.enum(CURRENCIES),
  })
  .transform(({ amount, ...form }, context) => {
    const read = bankTransferForm.safeParse({ ...form, amount: minorOf(amount, form.currency) ?? amount });
    if (read.success) return read.data;
    for (const { path, message } of read.error.issues) {
      const sentence = path[0] === "amount" ? "A sum such as 24500 or 24500.50." : message;
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
      const sentence = isSum ? "A sum such as 24500 or 24500.50." : message;
      context.addIssue({ code: "custom", path: isSum ? ["amount"] : [...path], message: sentence });
    }
    return z.NEVER;
  });
