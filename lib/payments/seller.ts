import { z } from "zod";

/** Who sells contract B, as the law wants it on an invoice. Without it no invoice is issued. */
export const SELLER_SETTING = "seller";

export const sellerShape = z
  .object({
    name: z.string().min(1).max(200),
    address: z.string().min(1).max(500),
    vatId: z.string().max(40),
    taxNumber: z.string().max(40),
    register: z.string().max(200),
  })
  .refine((seller) => seller.vatId !== "" || seller.taxNumber !== "");
export type Seller = z.output<typeof sellerShape>;

export function sellerOf(value: unknown): Seller | null {
  const read = sellerShape.safeParse(value);
  return read.success ? read.data : null;
}
