import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { opinionsOf } from "@/lib/reviews/scope";

const SHOWN_MAX = 100;

/** Fees of delivered second opinions that the payer's bank asks for or took, until somebody has looked; the oldest first. */
export function disputedFeesFor(finance: Finance) {
  return asPerson(finance, async (tx) => {
    const rows = await tx.secondOpinion.findMany({
      where: {
        AND: [
          opinionsOf(finance),
          {
            ...{ deliveredAt: { not: null }, lossNotedAt: null },
            payments: { some: { isSurplus: false, state: { in: ["disputed", "lost"] } } },
          },
        ],
      },
      orderBy: { id: "asc" },
      take: SHOWN_MAX,
      select: {
        ...{ id: true, number: true, state: true, currency: true, feeMinor: true },
        clinic: { select: { name: true, legalName: true } },
        payments: { where: { isSurplus: false, state: "lost" }, select: { id: true } },
      },
    });
    return rows.map(({ payments, ...row }) => ({ ...row, isLost: payments.length > 0 }));
  });
}
export type DisputedFee = Awaited<ReturnType<typeof disputedFeesFor>>[number];
