import "server-only";
import type { Tx } from "@/lib/infra/db";
import { claimTransfer } from "./claim-transfer";

/** A way back with its transfer, taken for the rest of the transaction; null when there is none. */
export async function claimReturn(tx: Tx, id: string) {
  const found = await tx.transferReturn.findUnique({ where: { id }, include: { transfer: true } });
  if (found) await claimTransfer(tx, found.transferId);
  return found;
}
