import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";

const SHOWN_MAX = 100;

/** Money that moved at the provider and that nothing of ours explains, the oldest first, with what somebody takes it for. */
export function unexplainedMovementsFor(finance: Finance) {
  return asPerson(finance, async (tx) => {
    const where = { state: "unexplained" } as const;
    const movements = await tx.balanceMovement.findMany({
      where,
      orderBy: [{ movedAt: "asc" }, { id: "asc" }],
      take: SHOWN_MAX,
      select: {
        ...{ id: true, type: true, currency: true, amountMinor: true, feeMinor: true, reason: true },
        movedAt: true,
        explanations: {
          where: { state: "proposed" },
          select: { id: true, cause: true, note: true, proposedById: true, proposedAt: true },
        },
      },
    });
    const people = await tx.person.findMany({
      where: { id: { in: movements.flatMap((one) => one.explanations.map((said) => said.proposedById)) } },
      select: { id: true, name: true },
    });
    const nameOf = new Map(people.map((one) => [one.id, one.name]));
    return {
      total: await tx.balanceMovement.count({ where }),
      items: movements.map(({ explanations: [said], ...movement }) => ({
        ...movement,
        explanation: said ? { ...said, proposedBy: nameOf.get(said.proposedById) ?? "–" } : null,
      })),
    };
  });
}
export type UnexplainedMovement = Awaited<ReturnType<typeof unexplainedMovementsFor>>["items"][number];
