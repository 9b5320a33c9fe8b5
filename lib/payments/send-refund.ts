import "server-only";
import type { System } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import type { Asked } from "@/lib/infra/stripe";
import {
  createProviderRefund,
  findProviderRefund,
  type ProviderRefund,
  readProviderRefund,
  type RefundWish,
} from "@/lib/infra/stripe-refunds";
import { claimPayment } from "./claim-payment";
import { openMoneyTask } from "./open-money-task";
import { mayGoBack } from "./payment";
import { settleRefund } from "./settle-refund";

/** Nobody knows what became of the question. */
export class ProviderSilent extends Error {}

/** The provider's word that it has no such payment. */
const NO_SUCH = "resource_missing";

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
  const begun = await beginTry(system, refund, request);
  // What the payer's bank asks for, or took, is not sent a second way; its news decides.
  if (begun === "waits") return done({ outcome: "waits" });
  const asked = refund.stripeRefundId
    ? await readProviderRefund(refund.stripeRefundId)
    : await createOnce(request, refund.idempotencyKey, begun === "again");
  if (asked.kind === "unknown") throw new ProviderSilent("The payment provider did not answer.");
  return asPerson(system, async (tx) => {
    await claimPayment(tx, refund.paymentId);
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

/**
 * A try that was begun before may have arrived without our hearing of it, longer ago than the provider keeps its key: then
 * asking once more would send the money twice, or be refused as if it had never gone. Of a payment the provider does not know
 * nothing went back: that no is a definite one, and a person finds another way. Any other no tells nothing of the former try.
 */
async function createOnce(
  wish: RefundWish,
  idempotencyKey: string,
  isAgain: boolean,
): Promise<Asked<ProviderRefund>> {
  if (!isAgain) return createProviderRefund(wish, idempotencyKey);
  const found = await findProviderRefund(wish);
  if (found.kind === "unknown" || (found.kind === "refused" && found.code === NO_SUCH)) return found;
  if (found.kind === "refused") throw new Error(`The provider does not list the refunds: ${found.code}.`);
  return found.value ? { kind: "answered", value: found.value } : createProviderRefund(wish, idempotencyKey);
}

/**
 * Writes down that this try leaves us. "waits" while the payer's bank asks for the payment, unless the try was begun before, and
 * where the refund was ended or changed meanwhile: whoever ends it sees by the row whether it has left.
 */
async function beginTry(
  system: System,
  { id, paymentId, idempotencyKey }: { id: string; paymentId: string; idempotencyKey: string },
  request: { refundId: string; paymentIntentId: string; amountMinor: string },
): Promise<"first" | "again" | "waits"> {
  return asPerson(system, async (tx) => {
    await claimPayment(tx, paymentId);
    if ((await tx.providerIntent.count({ where: { idempotencyKey } })) > 0) return "again";
    const isFree = await tx.refund.count({
      where: {
        ...{ id, idempotencyKey, state: { in: ["approved", "sent"] } },
        payment: { ...mayGoBack(), lostMinor: { equals: tx.payment.fields.lossSettledMinor } },
      },
    });
    if (isFree === 0) return "waits";
    await tx.providerIntent.createMany({
      data: [{ purpose: "refund", objectId: id, idempotencyKey, params: request }],
    });
    return "first";
  });
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
