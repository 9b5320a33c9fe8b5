import type Stripe from "stripe";
import { z } from "zod";
import { isRound } from "./currencies";
import { invalidRequest, notRound } from "./errors";
import { newId } from "./ids";
import { page, type Page } from "./lists";
import { currency } from "./payment-intents";
import { integer, metadata } from "./parameters";
import type { Sandbox } from "./sandbox";
import type { WireLineItem, WirePrice } from "./tables";

const itemsMax = 100;

const itemShape = z.strictObject({
  price_data: z.strictObject({
    currency,
    unit_amount: integer.refine((value) => value >= 0, "Invalid non-negative integer"),
    tax_behavior: z.enum(["exclusive", "inclusive", "unspecified"]).optional(),
    product_data: z.strictObject({
      name: z.string().min(1),
      description: z.string().min(1).optional(),
      metadata: metadata.optional(),
    }),
  }),
  quantity: integer.refine((value) => value >= 1, "This value must be greater than or equal to 1"),
});

export const itemsShape = z.array(itemShape).min(1).max(itemsMax);

type AskedItem = z.infer<typeof itemShape>;

/** Makes the lines of a session; they are of one currency. @throws StripeError when they are not. */
export function newLineItems(asked: AskedItem[], created: number): WireLineItem[] {
  const currencies = new Set(asked.map((item) => item.price_data.currency));
  if (currencies.size > 1) {
    throw invalidRequest(
      "The Checkout Session's line items must all have the same currency.",
      undefined,
      "line_items[0][price_data][currency]",
    );
  }
  return asked.map((item) => newLineItem(item, created));
}

function newLineItem({ price_data: asked, quantity }: AskedItem, created: number): WireLineItem {
  const total = asked.unit_amount * quantity;
  if (!isRound(total, asked.currency))
    throw notRound(total, asked.currency, "line_items[0][price_data][unit_amount]");
  return {
    id: newId("li"),
    object: "item",
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: total,
    amount_tax: 0,
    amount_total: total,
    currency: asked.currency,
    description: asked.product_data.name,
    metadata: {},
    price: newPrice(asked, created),
    quantity,
  } satisfies Omit<Stripe.LineItem, "price"> & { price: WirePrice };
}

function newPrice(asked: AskedItem["price_data"], created: number): WirePrice {
  return {
    id: newId("price"),
    object: "price",
    active: false,
    billing_scheme: "per_unit",
    created,
    currency: asked.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: newId("prod", 14),
    recurring: null,
    tax_behavior: asked.tax_behavior ?? "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: "one_time",
    unit_amount: asked.unit_amount,
    unit_amount_decimal: String(asked.unit_amount),
  };
}

export function lineItemPage(
  sandbox: Sandbox,
  sessionId: string,
  window: Parameters<typeof page>[1] = {},
): Page<WireLineItem> {
  const items = sandbox.store.get("sessions", sessionId)?.lineItems ?? [];
  return page(items, window, `/v1/checkout/sessions/${sessionId}/line_items`);
}
