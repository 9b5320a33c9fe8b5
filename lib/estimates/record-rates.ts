import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, type Refused, done, refused } from "@/lib/kernel/outcome";
import { writeAudits } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { isRateJump, RATE_BASE } from "./exchange-rate";
import type { RatesForm } from "./rates-form";
import { readRates } from "./read-rates";

type Refusal = "rate_in_future" | "rate_known" | "rate_jumps";

/** Enters what one euro was worth, by whom that was said and when. A rate is never changed: the next one takes its place. */
export async function recordRates(
  admin: Admin,
  form: RatesForm,
  now: Date,
): Promise<Outcome<{ entered: number }, Refusal>> {
  const { source, at, rates } = form;
  if (at > now) return refused("rate_in_future", { path: "at" });
  return asPerson(admin, async (tx) => {
    // Two who enter the same list at once: the second one finds it entered.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('exchange rates', 5))::text`;
    const reason = await whyNot(tx, form);
    if (reason) return reason;
    const rows = Object.entries(rates).map(([quote, rate]) => ({
      ...{ id: newId(now.getTime()), base: RATE_BASE, quote, rate, source, at },
    }));
    await tx.fxRate.createMany({ data: rows });
    const traces = rows.map(({ id, quote, rate }) => ({
      ...{ objectType: "rate", objectId: id, facts: { quote, rate, at: at.toISOString() } },
    }));
    await writeAudits(tx, admin, "rate.recorded", traces);
    return done({ entered: rows.length });
  });
}

async function whyNot(tx: Tx, { at, sure, rates }: RatesForm): Promise<Refused<Refusal> | null> {
  const quotes = Object.keys(rates);
  const known = await tx.fxRate.findFirst({
    where: { base: RATE_BASE, quote: { in: quotes }, at },
    select: { quote: true },
  });
  if (known) return refused("rate_known", { path: `rates.${known.quote}` });
  if (sure) return null;
  const before = await readRates(quotes, at, tx);
  const far = Object.entries(rates).find(([quote, rate]) => {
    const last = before.get(quote);
    return last !== undefined && isRateJump(last.rate, rate);
  });
  return far ? refused("rate_jumps", { path: `rates.${far[0]}` }) : null;
}
