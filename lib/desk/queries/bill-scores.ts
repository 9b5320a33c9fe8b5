import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";

export interface ClinicScore {
  slug: string;
  name: string;
  cases: number;
  /** Basis points of the accepted estimate; null below five cases. */
  medianBp: number | null;
  lowBp: number | null;
  highBp: number | null;
}

/** Quoted versus paid of every centre with a settled booking, as its listing shows it. */
export function billScores(finance: Finance): Promise<ClinicScore[]> {
  return asPerson(finance, async (tx) => {
    const clinics = await tx.clinic.findMany({
      where: { billCount: { gt: 0 } },
      orderBy: [{ billCount: "desc" }, { slug: "asc" }],
      take: 500,
      select: {
        ...{ slug: true, name: true, billCount: true },
        ...{ billMedianBp: true, billLowBp: true, billHighBp: true },
      },
    });
    return clinics.map(({ slug, name, billCount, billMedianBp, billLowBp, billHighBp }) => ({
      ...{ slug, name, cases: billCount },
      ...{ medianBp: billMedianBp, lowBp: billLowBp, highBp: billHighBp },
    }));
  });
}
