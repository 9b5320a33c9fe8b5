import "server-only";
import type { Tx } from "@/lib/infra/db";
import { claimTrip } from "./claim-trip";

/** A service of a booking, the booking taken for the rest of the transaction; null for a stranger. */
export async function claimService(tx: Tx, id: string) {
  const named = await tx.bookingService.findUnique({ where: { id }, select: { bookingId: true } });
  if (!named || !(await claimTrip(tx, named.bookingId))) return null;
  return tx.bookingService.findUniqueOrThrow({
    where: { id },
    include: {
      booking: {
        select: {
          ...{ state: true, createdAt: true },
          contracts: { where: { kind: "B" }, select: { withdrawnAt: true } },
        },
      },
    },
  });
}
