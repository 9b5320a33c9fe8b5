import "server-only";
import type { System } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import { createProviderRefund, readProviderRefund } from "@/lib/infra/stripe-refunds";
import { openMoneyTask } from "./open-money-task";
import { settleRefund } from "./settle-refund";

/**
 * Sends an approved refund to the provider under its own key, or asks how one on its way stands. Any number of calls
 * move the money once. Throws when the provider does not answer; the job tries again.
 */
export async function sendRefund(
  system: System,
  refundId: string,
  now: Date,
): Promise<Outcome<{ outcome: string }, "not_found">> {
  const refund = await asPerson(system, (tx) =>
    tx.refund.findUnique({
      where: { id: refundId },
      include: { payment: { select: { method: true, paymentIntentId: true } } },
    }),
  );
  if (!refund) return refused("not_found");
  if (refund.state !== "approved" && refund.state !== "sent") return done({ outcome: refund.state });
  const { paymentIntentId, method } = refund.payment;
  if (method !== "card" || !paymentIntentId) return askForBankTransfer(system, refund, now);
  const request = { refundId, paymentIntentId, amountMinor: refund.amountMinor.toString() };
  await writeIntent(system, refund.idempotencyKey, request);
  const asked = refund.stripeRefundId
    ? await readProviderRefund(refund.stripeRefundId)
    : await createProviderRefund(request, refund.idempotencyKey);
  if (asked.kind === "unknown") throw new Error("The payment provider did not answer.");
  return asPerson(system, async (tx) => {
    const told =
      asked.kind === "answered"
        ? asked.value
        : {
            ...{
              id: refund.stripeRefundId ?? `refused:${refund.idempotencyKey}`,
              refundId,
              failureCode: asked.code,
            },
            ...{ status: "failed", amountMinor: refund.amountMinor, currency: refund.currency },
          };
    await tx.providerIntent.updateMany({
      where: { idempotencyKey: refund.idempotencyKey, finishedAt: null },
      data: { outcome: asked.kind, result: { refund: told.id }, finishedAt: now },
    });
    return done({ outcome: await settleRefund(tx, system, told, now) });
  });
}

async function writeIntent(
  system: System,
  idempotencyKey: string,
  request: { refundId: string; paymentIntentId: string; amountMinor: string },
): Promise<void> {
  await asPerson(system, (tx) =>
    tx.providerIntent.createMany({
      data: [{ purpose: "refund", objectId: request.refundId, idempotencyKey, params: request }],
      skipDuplicates: true,
    }),
  );
}

/** No provider stands between a bank transfer and its payer: a person at the bank sends it back. */
async function askForBankTransfer(
  system: System,
  refund: { id: string; caseId: string },
  now: Date,
): Promise<Outcome<{ outcome: string }, never>> {
  return asPerson(system, async (tx) => {
    await tx.refund.updateMany({
      where: { id: refund.id, state: "approved" },
      data: { state: "sent", sentAt: now },
    });
    await openMoneyTask(tx, { caseId: refund.caseId, kind: "refund_by_bank", title: refund.id }, now);
    return done({ outcome: "sent" });
  });
}
