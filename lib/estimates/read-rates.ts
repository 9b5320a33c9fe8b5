import "server-only";
import { openDb, type Tx } from "@/lib/infra/db";
import type { EuroRates } from "./comparison";

interface RateRow {
  quote: string;
  rate: string;
  source: string;
  at: Date;
}

/** The newest rate of each currency against the euro that was known at a moment. */
export async function readRates(
  currencies: readonly string[],
  now: Date,
  tx: Pick<Tx, "$queryRaw"> = openDb(),
): Promise<EuroRates> {
  const rows = await tx.$queryRaw<RateRow[]>`
    SELECT wanted.quote, trim_scale(newest.rate)::text AS rate, newest.source, newest.at
      FROM unnest(${[...currencies]}::text[]) AS wanted (quote)
      CROSS JOIN LATERAL (
        SELECT f.rate, f.source, f.at FROM "FxRate" f
         WHERE f.base = 'EUR' AND f.quote = wanted.quote AND f.at <= ${now}
         ORDER BY f.at DESC, f.id DESC LIMIT 1) AS newest`;
  return new Map(rows.map(({ quote, ...rate }) => [quote, rate]));
}
