import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { opinionsOf } from "@/lib/reviews/scope";

export interface FeeRest {
  opinionId: string;
  amountMinor: bigint;
  currency: string;
}

/** What transfers for the fees of a case brought beyond them and is still held for the payer; nothing for a stranger. */
export async function feeRestsFor(patient: Patient, caseId: string): Promise<FeeRest[]> {
  const payments = await asPerson(patient, (tx) =>
    tx.payment.findMany({
      where: { method: "bank_transfer", opinion: { AND: [{ caseId }, opinionsOf(patient)] } },
      select: { id: true, opinionId: true },
    }),
  );
  const orders = new Map(payments.map(({ id, opinionId }) => [id, opinionId]));
  if (orders.size === 0) return [];
  // Transfers stand behind a wall of their own; what is left of these is this payer's.
  const rests = await asPerson(systemActor("fee-rests"), (tx) =>
    tx.bankTransfer.findMany({
      where: { state: "unmatched", restOf: { paymentId: { in: [...orders.keys()] } } },
      select: { currency: true, amountMinor: true, restOf: { select: { paymentId: true } } },
    }),
  );
  return rests.flatMap(({ currency, amountMinor, restOf }) => {
    const opinionId = orders.get(restOf?.paymentId ?? "");
    return opinionId ? [{ opinionId, amountMinor, currency }] : [];
  });
}
