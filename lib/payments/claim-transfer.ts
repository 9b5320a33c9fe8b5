import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import type { Tx } from "@/lib/infra/db";

/** Queues behind whoever books, matches or sends back the same bank transfer in this moment. */
export async function claimTransfer(tx: Tx, id: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${id}, 0))::text`;
}

/** Nobody has to look for the instalment of this money any more. */
export async function endTransferTask(tx: Tx, finance: Finance, id: string, now: Date): Promise<void> {
  await tx.task.updateMany({
    where: { kind: "unmatched_payment", title: id, state: "open" },
    data: { state: "done", doneAt: now, doneById: finance.personId },
  });
}

/** Nobody has to look out any more for the transfer that was announced under this title. */
export async function closeAnnouncement(
  tx: Tx,
  { caseId, title }: { caseId: string; title: string },
  now: Date,
): Promise<void> {
  await tx.task.updateMany({
    where: { caseId, kind: "transfer_announced", state: "open", title },
    data: { state: "done", doneAt: now },
  });
}
