import "server-only";
import type { System } from "@/lib/kernel/actor";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { asPerson, openDb } from "@/lib/infra/db";
import { log } from "@/lib/infra/log";
import { readDispute } from "@/lib/infra/stripe-refunds";
import { applyDispute } from "./apply-dispute";
import { keepDispute } from "./keep-dispute";
import { noteUnknownDispute } from "./note-unknown-dispute";

const AT_ONCE_MAX = 200;
/** So many questions in a row without an answer, and the provider counts as away. */
const AWAY_AFTER = 3;
/** A payment that has not arrived so long after its bank asked for it was none of ours. */
const UNMATCHED_DAYS = 30;

/**
 * Asks the provider about every dispute that we only know by name, so that it is on the list of what waits for an answer, and
 * says how many were kept. Safe to run at any time, also beside itself.
 */
export async function reconcileDisputes(system: System, now: Date): Promise<number> {
  await wakeUnmatched(system, now);
  let kept = 0;
  let silent = 0;
  for (const named of await readUnkept(system, now)) {
    const outcome = await keepOne(system, named, now);
    silent = outcome === "silent" ? silent + 1 : 0;
    // The provider is away: the next run asks about the others too.
    if (silent === AWAY_AFTER) break;
    if (outcome === "kept") kept += 1;
  }
  await endWon(system, now);
  await endKnown(system, now);
  return kept;
}

interface Named {
  id: string;
  caseId: string;
}

/**
 * Named by a payment its bank asks for, or by a task about it; in another order each time, so that what the provider does not
 * know never stands before all others.
 */
async function readUnkept(system: System, now: Date): Promise<Named[]> {
  return asPerson(
    system,
    (tx) => tx.$queryRaw<Named[]>`
      SELECT named.id, named."caseId" FROM (
        SELECT unnest(p."openDisputes") AS id, p."caseId" FROM "Payment" p WHERE p.state IN ('disputed', 'lost')
        UNION SELECT t.title, t."caseId" FROM "Task" t WHERE t.kind = 'payment_disputed' AND t.state = 'open') named
       WHERE NOT EXISTS (SELECT 1 FROM "Dispute" d WHERE d.id = named.id)
       ORDER BY md5(named.id || ${now.toISOString()}) LIMIT ${AT_ONCE_MAX}`,
  );
}

/** What goes wrong with one dispute is no reason to leave the others. */
async function keepOne(
  system: System,
  { id, caseId }: Named,
  now: Date,
): Promise<"kept" | "silent" | "stuck"> {
  try {
    const asked = await readDispute(id);
    if (asked.kind === "unknown") return "silent";
    if (asked.kind === "refused") {
      await noteUnknownDispute(system, { id, caseId, code: asked.code }, now);
      return "stuck";
    }
    await asPerson(system, async (tx) => {
      await applyDispute(tx, system, asked.value, now);
      await keepDispute(tx, asked.value, now);
    });
    return "kept";
  } catch (error) {
    log.error({ error, kind: "dispute", id }, "reconcile");
    return "stuck";
  }
}

/**
 * A dispute may be told before the payment that it is about: once a payment has arrived since, the event is worked again, by
 * whoever wakes those that wait.
 */
async function wakeUnmatched(system: System, now: Date): Promise<void> {
  const since = dateOf(addDays(dayOf(now), -UNMATCHED_DAYS));
  const unmatched = await openDb().providerEvent.findMany({
    where: {
      receivedAt: { gt: since },
      appliedAt: { not: null },
      outcome: "unmatched",
      type: { startsWith: "charge.dispute." },
    },
    orderBy: { appliedAt: "asc" },
    take: AT_ONCE_MAX,
    select: { id: true, appliedAt: true },
  });
  const [first] = unmatched;
  if (!first?.appliedAt) return;
  const arrived = await asPerson(system, (tx) =>
    tx.payment.aggregate({
      where: {
        state: { in: ["succeeded", "disputed", "won", "lost"] },
        succeededAt: { gte: first.appliedAt ?? now },
      },
      _max: { succeededAt: true },
    }),
  );
  const last = arrived._max.succeededAt;
  if (!last) return;
  await openDb().providerEvent.updateMany({
    where: {
      id: { in: unmatched.map(({ id }) => id) },
      outcome: "unmatched",
      appliedAt: { lte: last },
    },
    data: { appliedAt: null, outcome: null, attempts: 0 },
  });
}

/** Of what was refused nobody has anything to do any more. */
async function endWon(system: System, now: Date): Promise<void> {
  await asPerson(
    system,
    (tx) => tx.$executeRaw`
      UPDATE "Task" t SET state = 'done', "doneAt" = ${now} FROM "Dispute" d
       WHERE t.kind = 'payment_disputed' AND t.state = 'open' AND d.id = t.title AND d.state = 'won'`,
  );
}

/** What the provider knows after all is nothing to look at. */
async function endKnown(system: System, now: Date): Promise<void> {
  await asPerson(
    system,
    (tx) => tx.$executeRaw`
      UPDATE "Task" t SET state = 'done', "doneAt" = ${now} FROM "Dispute" d
       WHERE t.kind = 'dispute_unknown' AND t.state = 'open' AND d.id = t.title`,
  );
}
