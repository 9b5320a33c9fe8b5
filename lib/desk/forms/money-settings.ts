import { z } from "zod";
import { QUOTES } from "@/lib/estimates/exchange-rate";
import { operatorFeeForm } from "@/lib/estimates/fee-form";
import type { Currency } from "@/lib/kernel/money";
import { minorOf } from "@/lib/kernel/typed-sum";
import { whyNoSum } from "./no-sum";

/** The operator's fee as it is typed: sums in major units. */
export const typedFeeForm = z
  .object({
    seenAt: z.string().optional(),
    amount: z.string({ error: "Please fill this in." }),
    sums: z.partialRecord(z.enum(QUOTES), z.string()).default({}),
  })
  .transform(({ seenAt, amount, sums }, context): z.input<typeof operatorFeeForm> => {
    const sumOf = (typed: string, currency: Currency, path: string[]) => {
      const minor = minorOf(typed, currency);
      if (minor === null) context.addIssue({ code: "custom", path, message: whyNoSum(typed, currency) });
      return minor ?? 0;
    };
    const others = Object.entries(sums).map(([currency, typed]) => {
      return [currency, sumOf(typed, currency as Currency, ["sums", currency])] as const;
    });
    return { seenAt, amount: sumOf(amount, "EUR", ["amount"]), sums: Object.fromEntries(others) };
  })
  .pipe(operatorFeeForm);
