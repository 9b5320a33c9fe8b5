import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import type { Tx } from "@/lib/infra/db";
import { opinionsOf } from "./scope";

/**
 * Takes a second opinion for the rest of the transaction, and its case before it, in the one order of locks. Finance
 * reaches no case and takes the opinion alone. False for a stranger.
 */
export async function claimOpinion(tx: Tx, opinionId: string): Promise<boolean> {
  await tx.$queryRaw`SELECT 1 FROM "Case" c JOIN "SecondOpinion" o ON o."caseId" = c.id
    WHERE o.id = ${opinionId}::uuid FOR NO KEY UPDATE OF c`;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "SecondOpinion" WHERE id = ${opinionId}::uuid FOR NO KEY UPDATE`;
  return rows.length === 1;
}

/** The same, and what it is then; null for a stranger. */
export async function lockedOpinion(tx: Tx, actor: Actor, opinionId: string) {
  if (!(await claimOpinion(tx, opinionId))) return null;
  return tx.secondOpinion.findFirst({ where: { AND: [{ id: opinionId }, opinionsOf(actor)] } });
}
