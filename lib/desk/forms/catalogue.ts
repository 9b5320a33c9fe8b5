import { z } from "zod";
import { CATALOGUE_KINDS } from "@/lib/estimates/catalogue";
import { CURRENCIES } from "@/lib/kernel/money";
import { minorOf } from "@/lib/kernel/typed-sum";
import { catalogueServiceForm } from "@/lib/logistics/catalogue-form";
import { whyNoSum } from "./no-sum";

const typedPrice = z.object({
  currency: z.enum(CURRENCIES, { error: "A currency such as EUR." }),
  low: z.string().optional(),
  expected: z.string({ error: "Please fill this in." }),
  high: z.string().optional(),
});
type TypedPrice = z.output<typeof typedPrice>;

/** A service as a page types it: sums in major units, a price without low or high is fixed. */
export const typedServiceForm = z
  .object({
    kind: z.enum(CATALOGUE_KINDS),
    seenVersion: z.string().optional(),
    offer: z.string().optional(),
    quantity: z.string().optional(),
    unit: z.string().optional(),
    prices: z.array(typedPrice).max(CURRENCIES.length).default([]),
    cause: z.string().optional(),
    refundRule: z.string().optional(),
    supplierId: z.string().optional(),
  })
  .transform(({ prices, ...form }, context) => {
    const kept: Record<string, Record<Sum, number>> = {};
    for (const [index, price] of prices.entries()) {
      if (price.currency in kept)
        context.addIssue({
          code: "custom",
          path: ["prices", index, "currency"],
          message: "This currency has a price already.",
        });
      kept[price.currency] = sumsOf(price, index, context);
    }
    return { ...form, prices: kept };
  })
  // What is wrong in a choice is told by the form behind; the cast only lets unread text reach it.
  .transform((form) => form as z.input<typeof catalogueServiceForm>)
  .pipe(catalogueServiceForm);

type Sum = "low" | "expected" | "high";

function sumsOf({ currency, low, expected, high }: TypedPrice, index: number, context: z.RefinementCtx) {
  const sum = (name: Sum, typed: string | undefined) => {
    const text = typed ?? expected;
    const minor = minorOf(text, currency);
    const path = ["prices", index, typed === undefined ? "expected" : name];
    if (minor === null) context.addIssue({ code: "custom", path, message: whyNoSum(text, currency) });
    return minor ?? 0;
  };
  const sums = { low: sum("low", low), expected: sum("expected", expected), high: sum("high", high) };
  if (sums.low > sums.expected || sums.expected > sums.high)
    context.addIssue({
      code: "custom",
      path: ["prices", index, "expected"],
      message: "Low, expected and high must rise.",
    });
  return sums;
}
