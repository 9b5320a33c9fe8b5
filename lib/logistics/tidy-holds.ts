import "server-only";
import type { System } from "@/lib/kernel/actor";
import { addHours } from "@/lib/kernel/day";
import { askForRegime } from "@/lib/bookings/ask-for-regime";
import { expireHolds } from "@/lib/bookings/expire-holds";
import { setNextStep } from "@/lib/cases/move-case";
import { asPerson } from "@/lib/infra/db";

const BATCH = 200;

/**
 * Ends every hold and every offer whose time has run out by the database's clock, and gives the case behind it a next step.
 * Only tidies up: whoever books meets expired holds as free anyway. Answers how many it ended.
 */
export async function tidyHolds(system: System, now: Date): Promise<number> {
  const over = await asPerson(
    system,
    (tx) => tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM "Booking" WHERE state IN ('held', 'awaiting_deposit') AND "holdExpiresAt" <= now()
       ORDER BY "holdExpiresAt" LIMIT ${BATCH}`,
  );
  const offers = await asPerson(
    system,
    (tx) => tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM "WaitingOffer" WHERE state = 'open' AND "expiresAt" <= now() ORDER BY "expiresAt" LIMIT ${BATCH}`,
  );
  const ended = await expireHolds(
    system,
    [...over, ...offers].map(({ id }) => id),
  );
  await nameNextSteps(system, now);
  await askForRegime(system, now);
  return ended;
}

/** Cases that still wait for a signature or a deposit, although their hold is gone: the coordinator asks what is wished. */
async function nameNextSteps(system: System, now: Date): Promise<void> {
  await asPerson(system, async (tx) => {
    const left = await tx.$queryRaw<{ id: string }[]>`
      SELECT c.id FROM "Case" c
       WHERE c.stage = 'contracting' AND c."nextAction" IN ('sign_contracts', 'pay_deposit', 'match_transfer', 'await_debit')
         AND NOT EXISTS (SELECT 1 FROM "Booking" b WHERE b."caseId" = c.id AND b.state NOT IN ('cancelled', 'completed'))
       LIMIT ${BATCH} FOR NO KEY UPDATE OF c SKIP LOCKED`;
    for (const { id } of left) {
      const next = {
        waitingOn: "coordinator" as const,
        nextAction: "hold_expired",
        nextDueAt: addHours(now, 24),
      };
      await setNextStep(tx, id, next, now);
    }
  });
}
