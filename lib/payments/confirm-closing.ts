import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import type { Month } from "./closing";
import { hindrancesOf, readMonthEnd, readNextMonth } from "./read-closing";

type Refusal = "not_found" | "same_person" | "month_unexplained" | "closing_stale" | "month_out_of_order";

/**
 * The second person closes a month: from here the database takes no entry dated into it, and nothing opens it again. What
 * was proposed must still be what the ledger says, to the last unit.
 */
export async function confirmClosing(
  finance: Finance,
  form: { month: Month; hash: string },
  now: Date,
): Promise<Outcome<{ month: Month; hash: string }, Refusal>> {
  const { month, hash } = form;
  const hindrances = await hindrancesOf(month);
  return asPerson(finance, async (tx) => {
    // Whoever books into the month now either comes before this moment and is counted, or is refused afterwards.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(ledger_lock())`;
    const proposal = await tx.ledgerClosing.findFirst({ where: { month, state: "proposed" } });
    if (!proposal) return refused("not_found");
    if (proposal.proposedById === finance.personId) return refused("same_person");
    if (hindrances.length > 0) return refused("month_unexplained", { count: `${hindrances.length}` });
    if ((await readNextMonth(tx, now)) !== month) return refused("month_out_of_order");
    const end = await readMonthEnd(tx, month);
    if (proposal.hash !== hash || end.hash !== hash) return refused("closing_stale");
    const { count } = await tx.ledgerClosing.updateMany({
      where: { month, state: "proposed", hash, proposedById: { not: finance.personId } },
      data: { state: "closed", closedById: finance.personId, closedAt: now },
    });
    if (count === 0) return refused("not_found");
    await writeAudit(tx, finance, "ledger.closed", { objectType: "ledger", facts: { month } });
    return done({ month, hash });
  });
}
