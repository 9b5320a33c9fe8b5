import { CANCEL_CAUSES, type EndCause } from "./refund-policy";
import { standsAlone, WITHDRAWAL } from "./withdrawal";

const CAUSES: readonly EndCause[] = [...CANCEL_CAUSES, WITHDRAWAL];

interface EndedFacts {
  state: string;
  cancelCause: string | null;
  cancelledAt: Date | null;
  contracts: readonly { kind: "A" | "B"; countersignedAt: Date | null; withdrawnAt: Date | null }[];
}

/**
 * What ended a booking, or a contract of it, under the refund rules: contract B alone may have ended by a withdrawal, and
 * contract A after it for a cause of its own. None for one that stands, or ended for no such cause.
 */
export function endCausesOf({ contracts, state, cancelCause }: EndedFacts): EndCause[] {
  const withdrawn: EndCause[] =
    standsAlone(contracts) && contracts.some(({ withdrawnAt }) => withdrawnAt !== null) ? [WITHDRAWAL] : [];
  const ended = CAUSES.filter((one) => state === "cancelled" && one === cancelCause);
  return [...new Set([...withdrawn, ...ended])];
}

/** Whether it ended before its deposit was there: what comes for it since pays for no day, and goes back by no rule but whole. */
export function endedUnpaid({ state, paidAt }: { state: string; paidAt: Date | null }): boolean {
  return state === "cancelled" && paidAt === null;
}

/** When contract B ended, alone or with its booking; what the trip does afterwards earns nothing of it. */
export function endOfServices({
  cancelledAt,
  contracts,
}: {
  cancelledAt: Date | null;
  contracts: readonly { withdrawnAt: Date | null }[];
}): Date | null {
  return contracts.find(({ withdrawnAt }) => withdrawnAt !== null)?.withdrawnAt ?? cancelledAt;
}
