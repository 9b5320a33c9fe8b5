import "server-only";
import type { Admin, Finance } from "@/lib/kernel/actor";
import type { Currency } from "@/lib/kernel/money";
import { isStaleRate, QUOTES, RATE_BASE } from "@/lib/estimates/exchange-rate";
import { readRates } from "@/lib/estimates/read-rates";
import { asPerson, type Tx } from "@/lib/infra/db";
import { currentIdentity } from "@/lib/infra/session";

export interface ToldRate {
  rate: string;
  source: string;
  at: Date;
}

export interface RateLine {
  quote: Currency;
  last: (ToldRate & { isStale: boolean }) | null;
  /** A centre's price or a template is in this currency. */
  isUsed: boolean;
}

export interface RatesPage {
  lines: RateLine[];
  /** What was entered last, the newest first. */
  kept: (ToldRate & { id: string; quote: string })[];
}

/** Where whoever is looking enters a rate; null where they may not. */
export async function wayToRates(locale: string): Promise<string | null> {
  const isAdmin = (await currentIdentity())?.roles.includes("admin");
  return isAdmin ? `/${locale}/desk/settings/rates` : null;
}

const KEPT_SHOWN = 60;

/** What one euro is worth in each currency, by whom and when that was said, and what was said before. */
export function ratesFor(reader: Admin | Finance, now: Date): Promise<RatesPage> {
  return asPerson(reader, async (tx) => {
    const newest = await readRates(QUOTES, now, tx);
    const used = await usedCurrencies(tx);
    const kept = await tx.fxRate.findMany({
      where: { base: RATE_BASE },
      orderBy: [{ at: "desc" }, { quote: "asc" }, { id: "desc" }],
      take: KEPT_SHOWN,
      select: { id: true, quote: true, rate: true, source: true, at: true },
    });
    const lines = QUOTES.map((quote) => {
      const last = newest.get(quote);
      return {
        ...{ quote, isUsed: used.has(quote) },
        last: last ? { ...last, isStale: isStaleRate(last.at, now) } : null,
      };
    });
    return { lines, kept: kept.map((row) => ({ ...row, rate: row.rate.toFixed() })) };
  });
}

/** The currencies centres publish prices in. */
export async function usedCurrencies(tx: Tx): Promise<Set<string>> {
  const prices = await tx.clinicProcedure.findMany({ distinct: ["currency"], select: { currency: true } });
  return new Set(prices.map(({ currency }) => currency));
}
