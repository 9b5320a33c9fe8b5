import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";

const SHOWN_MAX = 100;

/** Money that moved at the provider and that nothing of ours explains, the oldest first. */
export function unexplainedMovementsFor(finance: Finance) {
  return asPerson(finance, (tx) =>
    tx.balanceMovement.findMany({
      where: { state: "unexplained" },
      orderBy: { movedAt: "asc" },
      take: SHOWN_MAX,
      select: { id: true, type: true, currency: true, amountMinor: true, reason: true, movedAt: true },
    }),
  );
}
