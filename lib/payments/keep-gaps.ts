import "server-only";
import type { System } from "@/lib/kernel/actor";
import { addMinutes } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { asPerson, type Tx } from "@/lib/infra/db";
import { log } from "@/lib/infra/log";
import { readMovements, readProviderBalance } from "@/lib/infra/stripe-balance";
import { BALANCE_GAP, PATIENCE_MINUTES } from "./movement";

/** By currency, what the provider holds beyond the sum of its movements; negative where it holds less. */
export type Gaps = Map<string, bigint>;

/**
 * Holds the sum of all movements against the balance the provider states. What differs for longer than news may take becomes
 * a row among the unexplained, which two people of finance say what it is, like of any other; the sum they have explained is
 * told of from then on. One that closes by itself is asked for no more.
 */
export async function keepGaps(system: System, now: Date): Promise<Gaps> {
  const balance = await readProviderBalance();
  if (balance.kind !== "answered") return new Map();
  // Read after the balance: where a movement is there that we do not know, the two do not speak of one moment.
  const newest = await readMovements(null, null, 1);
  return asPerson(system, async (tx) => {
    const open = await tx.$queryRaw<OpenGap[]>`
      SELECT id, currency, "amountMinor", state::text AS state, "movedAt" FROM "BalanceMovement"
       WHERE type = ${BALANCE_GAP} AND state <> 'explained' ORDER BY currency FOR UPDATE`;
    const gaps = await readGaps(tx, balance.value);
    const last = newest.kind === "answered" ? newest.value.movements[0] : null;
    if (last !== null && (await isAllRead(tx, last?.id))) await writeGaps(tx, open, gaps, now);
    return gaps;
  });
}

interface OpenGap {
  id: string;
  currency: string;
  amountMinor: bigint;
  state: string;
  movedAt: Date;
}

/** A gap that was explained is told of; one that is open, or has closed by itself, is not. */
async function readGaps(tx: Tx, balance: ReadonlyMap<string, bigint>): Promise<Gaps> {
  const rows = await tx.$queryRaw<{ currency: string; toldMinor: bigint }[]>`
    SELECT m.currency, sum(m."amountMinor" - m."feeMinor")::bigint AS "toldMinor" FROM "BalanceMovement" m
     WHERE m.type <> ${BALANCE_GAP} OR EXISTS (
       SELECT 1 FROM "MovementExplanation" e WHERE e."movementId" = m.id AND e.state = 'confirmed')
     GROUP BY 1`;
  const told = new Map(rows.map((row) => [row.currency, row.toldMinor]));
  const all = [...new Set([...told.keys(), ...balance.keys()])].map(
    (currency) => [currency, (balance.get(currency) ?? 0n) - (told.get(currency) ?? 0n)] as const,
  );
  return new Map(all.filter(([, gapMinor]) => gapMinor !== 0n));
}

/** Whether every movement up to the newest is written down; an account may have none. */
async function isAllRead(tx: Tx, newestId: string | undefined): Promise<boolean> {
  const reading = await tx.movementReading.findUnique({ where: { id: 1 } });
  if (!reading?.fromAt || reading.lastId !== null) return false;
  return newestId === undefined || (await tx.balanceMovement.count({ where: { id: newestId } })) > 0;
}

async function writeGaps(tx: Tx, open: readonly OpenGap[], gaps: Gaps, now: Date): Promise<void> {
  for (const { id, currency, amountMinor, state, movedAt } of open) {
    const stands = gaps.get(currency) === amountMinor;
    const lookedAt = now;
    if (!stands) {
      const explained = { state: "explained" as const, reason: null, explainedAt: now, lookedAt };
      await tx.balanceMovement.updateMany({ where: { id }, data: explained });
    } else if (state === "waiting" && addMinutes(movedAt, PATIENCE_MINUTES) <= now) {
      const unexplained = { state: "unexplained" as const, reason: "unknown_source", lookedAt };
      await tx.balanceMovement.updateMany({ where: { id }, data: unexplained });
      log.error({ eventId: id, kind: currency }, "the provider's balance has cents no movement tells of");
    }
  }
  const known = open.filter((row) => gaps.get(row.currency) === row.amountMinor);
  const fresh = [...gaps].filter(([currency]) => known.every((row) => row.currency !== currency));
  // Of two runs at once the first has written it.
  await tx.balanceMovement.createMany({
    data: fresh.map(([currency, amountMinor]) => ({
      ...{ id: `gap_${newId()}`, type: BALANCE_GAP, currency, amountMinor, feeMinor: 0n },
      ...{ state: "waiting" as const, movedAt: now },
    })),
    skipDuplicates: true,
  });
}
