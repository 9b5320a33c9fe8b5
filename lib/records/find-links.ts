import "server-only";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { casesWithLinksOf } from "./scope";
import type { LinkRow } from "./views/upload-link";

/** The links of a case and what came by each, the newest first; null for whoever may make none. */
export function linksOfCase(maker: Patient | Coordinator, caseId: string): Promise<LinkRow[] | null> {
  return asPerson(maker, async (tx) => {
    const own = { AND: [{ id: caseId }, casesWithLinksOf(maker)] };
    if ((await tx.case.count({ where: own })) === 0) return null;
    const links = await tx.uploadLink.findMany({ where: { caseId }, orderBy: { madeAt: "desc" } });
    const came = await tx.record.groupBy({
      by: ["uploadLinkId"],
      where: { caseId, uploadLinkId: { not: null }, completedAt: { not: null } },
      _count: true,
      _sum: { sizeBytes: true },
      _max: { completedAt: true },
    });
    const byLink = new Map(came.map((row) => [row.uploadLinkId, row]));
    return links.map((link) => {
      const brought = byLink.get(link.id);
      const { id, name, note, filesMax, bytesMax, madeAt, expiresAt, revokedAt } = link;
      return {
        ...{ id, name, note, filesMax, bytesMax, madeAt, expiresAt, revokedAt },
        files: brought?._count ?? 0,
        sizeBytes: brought?._sum.sizeBytes ?? 0n,
        lastAt: brought?._max.completedAt ?? null,
      };
    });
  });
}
