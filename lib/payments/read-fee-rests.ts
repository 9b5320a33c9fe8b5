import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { opinionsOf } from "@/lib/reviews/scope";
import { orderNumberIn } from "./bank-transfer";

export interface FeeRest {
  /** The transfer that holds it. */
  id: string;
  opinionId: string;
  amountMinor: bigint;
  currency: string;
  /** Came beyond the fee it paid; else it names the order and has paid nothing. */
  isRest: boolean;
}

/**
 * What came by bank for the fees of a case, pays none of them and is still held for the payer: beyond a fee, or with the number
 * of an order that was paid or ended, or not in the sum it asks for. Nothing for a stranger.
 */
export async function feeRestsFor(patient: Patient, caseId: string): Promise<FeeRest[]> {
  const orders = await asPerson(patient, (tx) =>
    tx.secondOpinion.findMany({
      where: { AND: [{ caseId }, opinionsOf(patient)] },
      select: {
        ...{ id: true, number: true },
        payments: { where: { method: "bank_transfer" }, select: { id: true } },
      },
    }),
  );
  if (orders.length === 0) return [];
  const byPayment = new Map(orders.flatMap(({ id, payments }) => payments.map((paid) => [paid.id, id])));
  const byNumber = new Map(orders.map(({ id, number }) => [number, id]));
  // Transfers stand behind a wall of their own; what is left of these, or names these orders, is this payer's.
  const held = await asPerson(systemActor("fee-rests"), (tx) =>
    tx.bankTransfer.findMany({
      where: {
        ...{ state: "unmatched", bookingId: null, paymentId: null },
        OR: [
          { restOf: { paymentId: { in: [...byPayment.keys()] } } },
          { restOfId: null, OR: orders.map(({ number }) => ({ reference: { contains: serialOf(number) } })) },
        ],
      },
      orderBy: { id: "asc" },
      select: {
        ...{ id: true, currency: true, amountMinor: true, reference: true },
        restOf: { select: { paymentId: true } },
      },
    }),
  );
  return held.flatMap(({ restOf, reference, ...sum }) => {
    const opinionId = restOf
      ? byPayment.get(restOf.paymentId ?? "")
      : byNumber.get(orderNumberIn(reference ?? "") ?? "");
    return opinionId ? [{ ...sum, opinionId, isRest: restOf !== null }] : [];
  });
}

/** However a payer spaced the number, its last digits stand together. */
const serialOf = (number: string) => number.slice(number.lastIndexOf("-") + 1);
