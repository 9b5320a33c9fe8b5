import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { addMinutes } from "@/lib/kernel/day";
import type { Tx } from "@/lib/infra/db";
import { writeAudit } from "./write-audit";

export interface Seen {
  caseId: string;
  objectType: "case" | "review" | "record" | "messages";
  objectId: string;
}

const ONE_LOOK_MINUTES = 10;

/**
 * Writes down that somebody looked at these. Turning pages, a live refresh and the ranges of one file are one look: the
 * patient reads who looked, not how often a page was turned.
 */
export async function noteLooks(
  tx: Tx,
  viewer: SignedIn,
  event: string,
  seen: readonly Seen[],
  now: Date,
): Promise<void> {
  if (seen.length === 0) return;
  const recent = await tx.auditEvent.findMany({
    where: {
      actorId: viewer.personId,
      at: { gt: addMinutes(now, -ONE_LOOK_MINUTES) },
      event,
      objectId: { in: seen.map((one) => one.objectId) },
    },
    select: { objectId: true },
  });
  const known = new Set(recent.map((row) => row.objectId));
  for (const one of seen) if (!known.has(one.objectId)) await writeAudit(tx, viewer, event, one);
}

export function noteLook(tx: Tx, viewer: SignedIn, event: string, seen: Seen, now: Date): Promise<void> {
  return noteLooks(tx, viewer, event, [seen], now);
}
