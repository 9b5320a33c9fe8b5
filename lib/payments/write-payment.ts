import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { newId, newToken } from "@/lib/kernel/ids";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { type CheckoutRequest, checkoutRequest, type ReturnPlace } from "./checkout";

export interface PaymentToWrite {
  /** What it pays: one of the two. */
  pays: { planItemId: string; bookingId: string } | { opinionId: string };
  caseId: string;
  amountMinor: bigint;
  currency: string;
  expiresAt: Date;
  productName: string;
  /** The page somebody comes back to who does not pay. */
  place: ReturnPlace;
  /** The language of the payment page and of the pages it leads back to. */
  locale: string;
}

/** Writes a new try to pay by card, with the call that opens its page; nothing is called yet. */
export async function writePayment(
  tx: Tx,
  payer: Patient,
  wish: PaymentToWrite,
  now: Date,
): Promise<{ request: CheckoutRequest; idempotencyKey: string }> {
  const { pays, caseId, amountMinor, currency, expiresAt, productName, place, locale } = wish;
  const id = newId();
  const idempotencyKey = newToken("pay_");
  const request = checkoutRequest({
    payment: { id, amountMinor, currency, expiresAt },
    about: { id: "bookingId" in pays ? pays.bookingId : pays.opinionId, caseId, place },
    productName,
    locale,
    appUrl: env().APP_URL,
  });
  await tx.payment.createMany({
    data: [
      {
        ...{ id, ...pays, caseId, currency, amountMinor, idempotencyKey, expiresAt },
        ...{ payerId: payer.personId, method: "card", createdAt: now },
      },
    ],
  });
  await tx.providerIntent.create({
    data: { purpose: "checkout", objectId: id, idempotencyKey, params: { ...request } },
  });
  await writeAudit(tx, payer, "payment.started", { caseId, objectType: "payment", objectId: id });
  return { request, idempotencyKey };
}
