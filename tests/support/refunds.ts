import { asPerson } from "@/lib/infra/db";
import { applyDispute } from "@/lib/payments/apply-dispute";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { sendRefund } from "@/lib/payments/send-refund";
import { settleRefund } from "@/lib/payments/settle-refund";
import { valueOf } from "./outcomes";
import { makePaidBooking, type Provider } from "./payments";
import { makeCoordinator, makeFinance, testSystem } from "./people";

/** What somebody of finance says they saw, where a cause is proven. */
export const SEEN = "Letter of the embassy of 3 May, under records";

export const refundNow = (id: string) =>
  asPerson(testSystem, (tx) => tx.refund.findUniqueOrThrow({ where: { id } }));

/** What the provider says became of a try. */
export const tellRefund = (
  id: string,
  stripeRefundId: string,
  status: "failed" | "succeeded" | "pending",
  amountMinor = 100_000n,
) =>
  asPerson(testSystem, (tx) => {
    const failureCode = status === "failed" ? "expired_or_canceled_card" : null;
    const told = { id: stripeRefundId, refundId: id, status, failureCode, amountMinor, currency: "eur" };
    return settleRefund(tx, testSystem, told, new Date());
  });

/** A deposit of 3,500.00 paid by card, and an approved refund of 1,000.00 of it. */
export async function makeApproved(provider: Provider) {
  const made = await makePaidBooking(provider);
  const { paymentId } = made;
  const form = proposeRefundForm.parse({ paymentId, cause: "goodwill", amount: 100_000 });
  const [proposed] = valueOf(await proposeRefund(await makeCoordinator(), form, new Date()));
  const id = proposed?.id ?? "";
  const finance = await makeFinance();
  valueOf(await approveRefund(finance, id, new Date()));
  return { ...made, id, finance };
}

/** The same once it has reached the payer's card; `bounce` tells that the payer's bank sent it back. */
export async function makeSettled(provider: Provider) {
  const made = await makeApproved(provider);
  await sendRefund(testSystem, made.id, new Date());
  const { stripeRefundId } = await refundNow(made.id);
  const bounce = () => tellRefund(made.id, stripeRefundId ?? "", "failed");
  return { ...made, stripeRefundId, bounce };
}

/** What the payer's bank says of a payment, as the provider tells us; under one name after another. */
export async function tellDispute(
  paymentId: string,
  status: "needs_response" | "won" | "lost",
  { amountMinor, name = "first" }: { amountMinor?: bigint; name?: string } = {},
): Promise<void> {
  await asPerson(testSystem, async (tx) => {
    await tx.payment.updateMany({
      where: { id: paymentId, paymentIntentId: null },
      data: { paymentIntentId: `pi_${paymentId}` },
    });
    const payment = await tx.payment.findUniqueOrThrow({ where: { id: paymentId } });
    const { paymentIntentId } = payment;
    const dispute = { id: `${name}_${paymentId}`, status, paymentIntentId };
    const told = { ...dispute, amountMinor: amountMinor ?? payment.amountMinor };
    await applyDispute(tx, testSystem, told, new Date());
  });
}
