import { z } from "zod";
import { bankTransferForm } from "@/lib/payments/forms";
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
