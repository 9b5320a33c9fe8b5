import "server-only";
import { openDb } from "@/lib/infra/db";
import type { EuroRates } from "./comparison";

/** The newest rate of each currency against the euro that was known at a moment. */
export async function readRates(currencies: readonly string[], now: Date): Promise<EuroRates> {
  const rows = await openDb().fxRate.findMany({
    where: { base: "EUR", quote: { in: [...currencies] }, at: { lte: now } },
    orderBy: { at: "desc" },
    distinct: ["quote"],
    select: { quote: true, rate: true, source: true, at: true },
  });
  return new Map(rows.map(({ quote, rate, source, at }) => [quote, { rate: rate.toFixed(), source, at }]));
}
