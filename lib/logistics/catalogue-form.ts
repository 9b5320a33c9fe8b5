import { z } from "zod";
import { CURRENCIES } from "@/lib/kernel/money";
import { CATALOGUE_KINDS, OFFERS, SERVICE_RULES } from "@/lib/estimates/catalogue";
import { minorField, plainText, quantityField } from "@/lib/estimates/forms";

const price = z
  .object({ low: minorField, expected: minorField, high: minorField })
  .refine(({ low, expected, high }) => low <= expected && expected <= high, {
    path: ["expected"],
    message: "Low, expected and high must rise.",
  });

/** A new version of one service. `seenVersion` is the one it was written over, 0 for the first. */
export const catalogueServiceForm = z.object({
  kind: z.enum(CATALOGUE_KINDS),
  seenVersion: z.coerce.number().int().min(0),
  offer: z.enum(OFFERS),
  quantity: quantityField,
  unit: plainText(40),
  prices: z.partialRecord(z.enum(CURRENCIES), price),
  cause: plainText(500).optional(),
  refundRule: z.enum(SERVICE_RULES).default("house"),
  supplierId: z.uuid().optional(),
});
export type CatalogueServiceForm = z.output<typeof catalogueServiceForm>;
