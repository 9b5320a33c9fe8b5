import { z } from "zod";
import { convert, CURRENCIES, type Currency, money } from "@/lib/kernel/money";

/** What the operator sells beside its fee: kinds of line of contract B. */
export const CATALOGUE_KINDS = [
  "transfer_arrival",
  "transfer_return",
  "interpreter",
  "medicine_supply",
  "translation",
  "visa",
  "hotel",
  "companion",
] as const;
export type CatalogueKind = (typeof CATALOGUE_KINDS)[number];

/** Whether a new estimate begins with it: as a part of it, as something to choose, or not at all. */
export const OFFERS = ["included", "optional", "unlisted"] as const;
export type Offer = (typeof OFFERS)[number];

/**
 * What comes back of a service when the patient cancels or does not come: by the days of the house, as of everything that
 * names no other; else one rule on every day. In every other case the house's rules hold.
 */
export const SERVICE_RULES = ["house", "whole", "less_proven_cost", "half", "supplier_rule"] as const;
export type ServiceRule = (typeof SERVICE_RULES)[number];

const minor = z.int().nonnegative();
export const priceSchema = z.object({ low: minor, expected: minor, high: minor });
export type Price = z.output<typeof priceSchema>;
const pricesSchema = z.partialRecord(z.enum(CURRENCIES), priceSchema);
export type Prices = z.output<typeof pricesSchema>;

/** The newest version of one service. */
export interface CatalogueEntry {
  kind: CatalogueKind;
  version: number;
  offer: Offer;
  quantity: string;
  unit: string;
  prices: Prices;
  cause: string | null;
  refundRule: ServiceRule;
  supplierId: string | null;
  savedById: string | null;
  savedAt: Date;
}

const entry = z.object({
  kind: z.enum(CATALOGUE_KINDS),
  offer: z.enum(OFFERS),
  prices: pricesSchema,
  refundRule: z.enum(SERVICE_RULES),
});

/** A row as it is kept; null for a kind this program does not sell. */
export function catalogueEntry<Row extends object>(row: Row): (Row & z.output<typeof entry>) | null {
  const read = entry.safeParse(row);
  return read.success ? { ...row, ...read.data } : null;
}

export interface Sums {
  lowMinor: bigint;
  expectedMinor: bigint;
  highMinor: bigint;
}

/** The price in a currency: its own, else that in euros at this rate. Null where there is neither: it is never made up. */
export function priceIn(prices: Prices, currency: Currency, rate: string | null): Sums | null {
  const own = prices[currency];
  if (own) return sumsOf(own, BigInt);
  const inEuros = prices.EUR;
  if (!inEuros || rate === null) return null;
  return sumsOf(inEuros, (cents) => convert(money(BigInt(cents), "EUR"), currency, rate).amountMinor);
}

function sumsOf({ low, expected, high }: Price, minorOf: (sum: number) => bigint): Sums {
  return { lowMinor: minorOf(low), expectedMinor: minorOf(expected), highMinor: minorOf(high) };
}
