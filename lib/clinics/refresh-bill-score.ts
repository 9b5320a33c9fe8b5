import "server-only";
import type { Tx } from "@/lib/infra/db";
import { billScore, type SettledBill } from "./bill-score";

/** Counts the settled bookings of a centre anew, in the transaction of the account that changed them. Needs the system's eyes. */
export async function refreshBillScore(tx: Tx, clinicId: string): Promise<void> {
  const {
    cases: billCount,
    medianBp: billMedianBp,
    lowBp: billLowBp,
    highBp: billHighBp,
  } = billScore(await readSettled(tx, clinicId));
  await tx.clinic.updateMany({
    where: { id: clinicId },
    data: { billCount, billMedianBp, billLowBp, billHighBp },
  });
}

/** The last account of each booking of a centre. */
function readSettled(tx: Tx, clinicId: string): Promise<SettledBill[]> {
  return tx.$queryRaw<SettledBill[]>`
    SELECT DISTINCT ON ("bookingId") "billedMinor", "estimateMinor" FROM "BillAccount"
     WHERE "clinicId" = ${clinicId}::uuid ORDER BY "bookingId", version DESC`;
}
