import "server-only";
import type { Tx } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { OPEN_STATES } from "./payment";

/** After a booking ended: its open payment pages are closed by a job, so that nobody pays for a date that is gone. */
export async function settleOpenPayments(tx: Tx, bookingId: string): Promise<void> {
  const open = await tx.payment.findMany({
    where: { bookingId, method: "card", state: { in: [...OPEN_STATES] } },
    select: { id: true },
  });
  for (const { id } of open) await enqueue(tx, "payment.settle", { paymentId: id });
}
