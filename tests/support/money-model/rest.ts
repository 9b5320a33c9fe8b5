import { addMinutes } from "@/lib/kernel/day";
import { reconcileBalance } from "@/lib/payments/reconcile-balance";
import { testSystem } from "../people";
import { comeToRest } from "./clock-steps";
import { brokenPromises } from "./invariants";
import type { World } from "./world";

/** Longer than news of a movement may take. */
const NEWS_MINUTES = 120;

/** Brings everything under way to its end and answers what does not hold then; the books beside the provider's too. */
export async function brokenAtRest(world: World): Promise<string[]> {
  await comeToRest(world);
  const broken = await brokenPromises(world, { sweep: true, rest: true, dice: 0 });
  const found = await reconcileBalance(testSystem, addMinutes(world.now(), NEWS_MINUTES));
  if (!found) return [...broken, "I5 with the provider: its movements were not read"];
  if (found.waiting + found.unexplained + Object.keys(found.gaps).length === 0) return broken;
  const { rows } = await world.owner.query<{ what: string }>(
    `SELECT concat_ws(' ', type, "sourceId", "amountMinor", currency, state, reason, "paymentId", "refundId") AS what
      FROM "BalanceMovement" WHERE state <> 'explained' ORDER BY id`,
  );
  const gaps = Object.entries(found.gaps).map(([currency, gap]) => `gap ${gap} ${currency}`);
  const open = [...rows.map(({ what }) => what), ...gaps];
  return [...broken, ...open.map((what) => `I5 every movement at the provider is explained: ${what}`)];
}
