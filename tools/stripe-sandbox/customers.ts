import type Stripe from "stripe";
import { z } from "zod";
import { missing } from "./errors";
import { newId, randomText } from "./ids";
import { createdWithin, matches, page } from "./lists";
import { listing, mergeMetadata, metadata, readParameters } from "./parameters";
import type { Route } from "./routes";
import type { Sandbox } from "./sandbox";

export function customer(sandbox: Sandbox, id: string): Stripe.Customer {
  const found = sandbox.store.get("customers", id);
  if (found === undefined) throw missing("customer", id, "customer");
  return found;
}

const shape = z.strictObject({
  description: z.string().optional(),
  email: z.string().max(512).optional(),
  metadata: metadata.optional(),
  name: z.string().max(256).optional(),
  phone: z.string().optional(),
  preferred_locales: z.array(z.string()).optional(),
});

function create(sandbox: Sandbox, fields: unknown): Stripe.Customer {
  const asked = readParameters(shape, fields);
  const made = sandbox.store.put("customers", {
    id: newId("cus", 14),
    object: "customer",
    address: null,
    balance: 0,
    created: sandbox.now(),
    currency: null,
    default_source: null,
    delinquent: false,
    description: asked.description ?? null,
    discount: null,
    email: asked.email ?? null,
    invoice_prefix: randomText(8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: mergeMetadata(null, asked.metadata),
    name: asked.name ?? null,
    next_invoice_sequence: 1,
    phone: asked.phone ?? null,
    preferred_locales: asked.preferred_locales ?? [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
  } satisfies Stripe.Customer);
  sandbox.emit("customer.created", made);
  return made;
}

function update(sandbox: Sandbox, fields: unknown, id: string): Stripe.Customer {
  const before = customer(sandbox, id);
  const asked = readParameters(shape, fields);
  const made = sandbox.store.put("customers", {
    ...before,
    description: asked.description ?? before.description,
    email: asked.email ?? before.email,
    name: asked.name ?? before.name ?? null,
    phone: asked.phone ?? before.phone ?? null,
    preferred_locales: asked.preferred_locales ?? before.preferred_locales ?? [],
    metadata: mergeMetadata(before.metadata, asked.metadata),
  });
  sandbox.emit("customer.updated", made);
  return made;
}

function remove(sandbox: Sandbox, _fields: unknown, id: string): Stripe.DeletedCustomer {
  const before = customer(sandbox, id);
  sandbox.store.remove("customers", id);
  sandbox.emit("customer.deleted", before);
  return { id, object: "customer", deleted: true };
}

const listShape = z.strictObject({ ...listing, email: z.string().optional() });

function list(sandbox: Sandbox, fields: unknown): object {
  const asked = readParameters(listShape, fields);
  const rows = sandbox.store
    .all("customers")
    .filter((row) => matches(row.email, asked.email) && createdWithin(row.created, asked.created));
  return page(rows, asked, "/v1/customers");
}

export const customerRoutes: Route[] = [
  { method: "POST", path: "/v1/customers", answer: create },
  { method: "GET", path: "/v1/customers", answer: list },
  {
    method: "GET",
    path: "/v1/customers/:id",
    answer: (sandbox, fields, id) => {
      readParameters(z.strictObject({}), fields);
      return customer(sandbox, id);
    },
  },
  { method: "POST", path: "/v1/customers/:id", answer: update },
  { method: "DELETE", path: "/v1/customers/:id", answer: remove },
];
