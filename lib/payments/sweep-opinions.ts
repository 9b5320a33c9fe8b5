import "server-only";
import type { System } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { log } from "@/lib/infra/log";
import { settleOpinion } from "./settle-opinion";

const AT_ONCE_MAX = 200;
const ENDED = ["closed", "cancelled", "deceased", "transferred"] as const;

/**
 * Settles every second opinion whose time is over, whose answer is here or whose case has ended, whether or not anybody said
 * so. Safe to repeat; one that cannot be settled does not hold up the others.
 */
export async function sweepOpinions(system: System, now: Date): Promise<number> {
  let settled = 0;
  let after: string | null = null;
  for (;;) {
    const ids = await readRipe(system, after, now);
    for (const id of ids) {
      try {
        const answer = await settleOpinion(system, id, now);
        if (answer.ok && answer.value.outcome !== "waits") settled += 1;
      } catch (error) {
        log.error({ error, id, kind: "opinion" }, "a second opinion could not be settled");
      }
    }
    after = ids.at(-1) ?? null;
    if (ids.length < AT_ONCE_MAX || after === null) return settled;
  }
}

async function readRipe(system: System, after: string | null, now: Date): Promise<string[]> {
  const rows = await asPerson(system, (tx) =>
    tx.secondOpinion.findMany({
      where: {
        AND: [
          { state: { in: ["awaiting_payment", "paid"] }, ...(after ? { id: { gt: after } } : {}) },
          {
            OR: [
              { state: "awaiting_payment", payBy: { lte: now } },
              { state: "paid", dueAt: { lte: now } },
              { review: { state: { in: ["declined", "expired", "withdrawn"] } } },
              { review: { secondSignedAt: { not: null } } },
              { case: { stage: { in: [...ENDED] } } },
              // No question was put yet: its consent may be gone, and only a look at it tells.
              { state: "paid", reviewId: null },
            ],
          },
        ],
      },
      orderBy: { id: "asc" },
      take: AT_ONCE_MAX,
      select: { id: true },
    }),
  );
  return rows.map((row) => row.id);
}
