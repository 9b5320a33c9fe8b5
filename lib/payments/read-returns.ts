import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";

const ENDED_SHOWN = 20;
const include = {
  transfer: { select: { reference: true, currency: true, amountMinor: true, receivedOn: true } },
};

export function returnFor(finance: Finance, id: string) {
  return asPerson(finance, (tx) => tx.transferReturn.findUnique({ where: { id }, include }));
}

/** Bank transfers on their way back: what waits for somebody, the oldest first, then the last that ended. */
export function returnsFor(finance: Finance) {
  return asPerson(finance, async (tx) => {
    const waiting = await tx.transferReturn.findMany({
      where: { state: { in: ["proposed", "approved"] } },
      orderBy: { proposedAt: "asc" },
      take: 200,
      include,
    });
    const ended = await tx.transferReturn.findMany({
      where: { state: { in: ["sent", "refused", "withdrawn"] } },
      orderBy: { proposedAt: "desc" },
      take: ENDED_SHOWN,
      include,
    });
    const all = [...waiting, ...ended];
    const people = await tx.person.findMany({
      where: { id: { in: all.flatMap((one) => [one.proposedById, one.approvedById ?? one.proposedById]) } },
      select: { id: true, name: true },
    });
    const nameOf = new Map(people.map((one) => [one.id, one.name]));
    return all.map((one) => ({
      ...one,
      proposedBy: nameOf.get(one.proposedById) ?? "–",
      approvedBy: one.approvedById ? (nameOf.get(one.approvedById) ?? "–") : null,
    }));
  });
}
export type ReturnRow = Awaited<ReturnType<typeof returnsFor>>[number];
