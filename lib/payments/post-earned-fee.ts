import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import type { Tx } from "@/lib/infra/db";
import { postCover } from "./post-cover";
import { postFee } from "./post-fee";

/**
 * Earns what is invoiced of a booking's fee and paid, in the caller's transaction and with the booking taken. What the pockets of
 * an ended contract B lack is covered first: suppliers come before our fee, whoever is faster.
 */
export async function postEarnedFee(
  tx: Tx,
  actor: Actor,
  booking: { id: string; caseId: string },
  now: Date,
): Promise<void> {
  await postCover(tx, actor, booking, now);
  await postFee(tx, booking);
}
