import { addBusinessDays, dayOf } from "@/lib/kernel/day";
import type { StatementView } from "./statement-view";

type Movement = Pick<StatementView["movements"][number], "type" | "stray" | "state" | "at" | "amount">;

/** How far money is that goes back, as a reader needs it. */
const STATES = ["toCheck", "onItsWay", "sent", "stuck"] as const;
type State = (typeof STATES)[number];

const STATE_OF: Readonly<Record<string, State>> = {
  calculated: "toCheck",
  approved: "onItsWay",
  sent: "onItsWay",
  settled: "sent",
  failed: "stuck",
};

/** Refunds are looked at by a second person within a working day. */
const CHECK_BUSINESS_DAYS = 1;

/**
 * What comes back of an ended booking, summed by how far it is; the day it is checked by, as long as that is to come. A
 * transfer that paid nothing of it is none of its money.
 */
export function returningOf(movements: readonly Movement[], now: Date) {
  const refunds = movements.filter(({ type, stray }) => type === "refund" && !stray);
  return STATES.flatMap((state) => {
    const own = refunds.filter((one) => STATE_OF[one.state] === state);
    const currencies = [...new Set(own.map(({ amount }) => amount.currency))];
    return currencies.map((currency) => {
      const same = own.filter(({ amount }) => amount.currency === currency);
      return {
        ...{ state, currency, amount: same.reduce((sum, { amount }) => sum + amount.amount, 0) },
        checkedBy: state === "toCheck" ? lastCheck(same, now) : null,
      };
    });
  });
}

function lastCheck(refunds: readonly Movement[], now: Date): string | null {
  const last = refunds
    .map(({ at }) => addBusinessDays(new Date(at), CHECK_BUSINESS_DAYS))
    .reduce((latest, one) => (one > latest ? one : latest), new Date(0));
  return last > now ? dayOf(last) : null;
}
