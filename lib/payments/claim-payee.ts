import "server-only";
import type { Tx } from "@/lib/infra/db";

/** Whoever changes or uses the account of this payee meanwhile waits until this transaction has ended. */
export async function claimPayee(tx: Tx, payeeKey: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`payee ${payeeKey}`}, 5))::text`;
}
