import "server-only";
import type { System } from "@/lib/kernel/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { Prisma } from "@/lib/infra/generated/client";

const BATCH = 100;

/** Erases drafts that were never sent within their 30 days: answers, contact, messages, helpers and the keys of files. */
export async function expireDrafts(system: System, now: Date): Promise<number> {
  const over = await asPerson(system, (tx) =>
    tx.case.findMany({
      where: { stage: "draft", nextDueAt: { lte: now } },
      select: { id: true },
      orderBy: { nextDueAt: "asc" },
      take: BATCH,
    }),
  );
  let erased = 0;
  for (const { id } of over) erased += await asPerson(system, (tx) => expire(tx, system, id, now));
  return erased;
}

async function expire(tx: Tx, system: System, id: string, now: Date): Promise<number> {
  const { count } = await tx.case.updateMany({
    where: { id, stage: "draft", nextDueAt: { lte: now } },
    data: {
      stage: "cancelled",
      cancelCause: "never_sent",
      closedAt: now,
      waitingOn: "nobody",
      nextAction: null,
      nextDueAt: null,
      draftTokenHash: null,
      treatment: null,
      wishedClinicId: null,
      country: null,
      problem: null,
      contactName: null,
      contactEmail: null,
      contactPhone: null,
      birthOn: null,
      redFlags: Prisma.DbNull,
      symptoms: Prisma.DbNull,
      values: Prisma.DbNull,
    },
  });
  if (count === 0) return 0;
  // Without its key a file is noise; the sweep takes the bytes away.
  await tx.record.updateMany({
    where: { caseId: id, erasedAt: null },
    data: { wrappedKey: null, erasedAt: now, findings: [], header: {}, discFiles: [], filename: "erased" },
  });
  await forgetHelpers(tx, id, now);
  await tx.message.deleteMany({ where: { caseId: id } });
  await tx.consent.updateMany({ where: { caseId: id, withdrawnAt: null }, data: { withdrawnAt: now } });
  await writeAudit(tx, system, "case.expired", { caseId: id, objectType: "case", objectId: id });
  return 1;
}

/** Nobody who was let in or asked to help keeps a door into what is no longer there, nor we their address. */
async function forgetHelpers(tx: Tx, caseId: string, now: Date): Promise<void> {
  await tx.caseAccess.updateMany({
    where: { caseId, revokedAt: null, NOT: { scopes: { has: "owner" } } },
    data: { revokedAt: now },
  });
  await tx.caseInvitation.updateMany({ where: { caseId, revokedAt: null }, data: { revokedAt: now } });
  await tx.caseInvitation.updateMany({ where: { caseId }, data: { email: "erased" } });
}
