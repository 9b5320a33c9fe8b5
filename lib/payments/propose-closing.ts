import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { endOf, type Month } from "./closing";
import { hindrancesOf, readMonthEnd, readNextMonth } from "./read-closing";

type Refusal = "month_runs" | "month_out_of_order" | "month_unexplained";

/**
 * Proposes to close a month with its trial balance as it stands. Somebody else confirms it; proposing again, by whoever,
 * replaces a proposal nobody has confirmed.
 */
export async function proposeClosing(
  finance: Finance,
  month: Month,
  now: Date,
): Promise<Outcome<{ month: Month; hash: string }, Refusal>> {
  if (endOf(month) > now) return refused("month_runs");
  const hindrances = await hindrancesOf(month);
  return asPerson(finance, async (tx) => {
    if ((await readNextMonth(tx, now)) !== month) return refused("month_out_of_order");
    if (hindrances.length > 0) return refused("month_unexplained", { count: `${hindrances.length}` });
    const end = await readMonthEnd(tx, month);
    const said = { ...end, balance: end.balance.map((row) => ({ ...row })) };
    const proposal = { ...said, proposedById: finance.personId, proposedAt: now };
    await tx.ledgerClosing.createMany({ data: [{ id: newId(), month, ...proposal }], skipDuplicates: true });
    const { count } = await tx.ledgerClosing.updateMany({
      where: { month, state: "proposed" },
      data: proposal,
    });
    if (count === 0) return refused("month_out_of_order");
    await writeAudit(tx, finance, "ledger.closing_proposed", { objectType: "ledger", facts: { month } });
    return done({ month, hash: end.hash });
  });
}
