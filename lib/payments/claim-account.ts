import "server-only";
import type { Tx } from "@/lib/infra/db";

/** Whoever changes the operator's account meanwhile waits until this transaction has ended. */
export async function claimAccount(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('account of the operator', 5))::text`;
}
