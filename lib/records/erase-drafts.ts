import "server-only";
import { addHours } from "@/lib/kernel/day";
import { writeAudit } from "@/lib/audit/write-audit";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { Prisma } from "@/lib/infra/generated/client";
import { removeFile } from "@/lib/infra/record-store";
import { systemActor } from "@/lib/infra/session";

const BATCH = 100;
const DRAFT_HOURS = 30 * 24;

/** Everything a person told us in the intake. */
const EMPTY = {
  treatment: null,
  problem: null,
  contactName: null,
  contactEmail: null,
  contactPhone: null,
  country: null,
  birthOn: null,
  redFlags: Prisma.DbNull,
  symptoms: Prisma.DbNull,
  values: Prisma.DbNull,
} satisfies Prisma.CaseUpdateManyMutationInput;

/**
 * A draft never sent leaves nothing but its number after 30 days, as its consent promised. The keys of its files go in
 * the transaction, the bytes right after it.
 */
export async function eraseDrafts(now: Date): Promise<number> {
  const system = systemActor("erase-drafts");
  const { drafts, files } = await asPerson(system, async (tx) => {
    const old = await tx.case.findMany({
      where: { stage: "draft", createdAt: { lte: addHours(now, -DRAFT_HOURS) } },
      select: { id: true },
      take: BATCH,
    });
    const gone: string[] = [];
    for (const { id } of old) {
      if (!(await emptyCase(tx, id, now))) continue;
      gone.push(...(await forgetFiles(tx, id, now)));
      await tx.consent.updateMany({ where: { caseId: id, withdrawnAt: null }, data: { withdrawnAt: now } });
      await noteCaseEvent(tx, system, { caseId: id, kind: "erased" });
      await writeAudit(tx, system, "case.erased", { caseId: id, objectType: "case", objectId: id });
    }
    return { drafts: old.length, files: gone };
  });
  for (const id of files) await removeFile(id);
  return drafts;
}

async function emptyCase(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { count } = await tx.case.updateMany({
    where: { id, stage: "draft" },
    data: {
      ...EMPTY,
      stage: "cancelled",
      cancelCause: "never_sent",
      closedAt: now,
      waitingOn: "nobody",
      nextAction: null,
      nextDueAt: null,
      draftTokenHash: null,
      version: { increment: 1 },
    },
  });
  return count === 1;
}

async function forgetFiles(tx: Tx, caseId: string, now: Date): Promise<string[]> {
  const files = await tx.record.findMany({ where: { caseId, erasedAt: null }, select: { id: true } });
  await tx.record.updateMany({
    where: { caseId, erasedAt: null },
    data: { erasedAt: now, wrappedKey: null, findings: [], header: {}, filename: "erased" },
  });
  return files.map((file) => file.id);
}
