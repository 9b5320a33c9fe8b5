import { z } from "zod";
import type { EuroRates } from "./comparison";

/** What one euro was worth in a currency, as it is kept with an estimate. */
const keptRate = z.object({
  quote: z.string().length(3),
  rate: z.string().regex(/^\d+(\.\d+)?$/),
  source: z.string(),
  at: z.iso.datetime(),
});
export const keptRatesSchema = z.array(keptRate);
export type KeptRates = z.output<typeof keptRatesSchema>;

/** Rates as they are kept, in one order, so that the same rates are always written alike. */
export function keptRatesOf(rates: EuroRates): KeptRates {
  return [...rates]
    .map(([quote, { rate, source, at }]) => ({ quote, rate, source, at: at.toISOString() }))
    .toSorted((one, other) => (one.quote < other.quote ? -1 : 1));
}

/** Kept rates to reckon with. */
export function euroRates(kept: KeptRates): EuroRates {
  return new Map(kept.map(({ quote, rate, source, at }) => [quote, { rate, source, at: new Date(at) }]));
}
