import { giveConsentForm } from "@/lib/cases/forms";
import { giveConsent } from "@/lib/cases/give-consent";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { dayOf } from "@/lib/kernel/day";
import { announceOpinionTransfer } from "@/lib/payments/announce-opinion-transfer";
import { cancelOpinion } from "@/lib/payments/cancel-opinion";
import { bankTransferForm } from "@/lib/payments/forms";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { sendRefund } from "@/lib/payments/send-refund";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import { settleOpinion } from "@/lib/payments/settle-opinion";
import { settleRefund } from "@/lib/payments/settle-refund";
import { askOpinion } from "@/lib/reviews/ask-opinion";
import { askOpinionForm } from "@/lib/reviews/forms";
import { offersForCase } from "@/lib/reviews/read-opinions";
import type { Story } from "./story";

const system = systemActor("demo");

/** The patient orders a written second opinion for its fee, and the fee comes through the bank: now the centre may be asked. */
export async function orderSecond(story: Story, clinic: string): Promise<string> {
  const { patient, caseId } = story;
  const offers = await offersForCase(patient, caseId, story.now);
  const offer = offers?.find((one) => one.clinic.slug === clinic);
  if (!offer) throw new Error(`${clinic} sells no second opinion.`);
  const fee = { amount: Number(offer.feeMinor), currency: offer.currency };
  const { id } = await story.step(story.part(0.23), (now) =>
    askOpinion(patient, caseId, askOpinionForm.parse({ clinic, fee }), now),
  );
  const { reference } = await story.step(story.part(0.235), (now) =>
    announceOpinionTransfer(patient, id, now),
  );
  await story.step(story.part(0.26), (now) => {
    const form = bankTransferForm.parse({ reference, amount: fee, receivedOn: dayOf(now) });
    return recordBankTransfer(story.cast.finance, form, now);
  });
  return id;
}

/** What became of the orders of this case: signed answers are delivered, where there is none the fee goes back. */
export async function settleSeconds(story: Story, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await story.step(story.part(0.52), (now) => settleOpinion(system, id, now));
    await giveBack(story, id, story.part(0.6));
  }
}

/** Ordered, paid and called off before anybody asked the centre. The account the fee was sent back to is closed. */
export async function callOffSecond(story: Story, clinic: string): Promise<void> {
  const { patient, caseId } = story;
  const consent = giveConsentForm.parse({ clinic, textVersion: "1", language: "en" });
  await story.step(story.part(0.22), () => giveConsent(patient, caseId, consent));
  const id = await orderSecond(story, clinic);
  await story.step(story.part(0.4), (now) => cancelOpinion(patient, id, now));
  for (const refund of await refundsOf(id)) {
    await story.step(story.part(0.45), (now) => sendRefund(system, refund.id, now));
    const told = {
      ...{ id: `bank_${refund.id}`, refundId: refund.id, status: "failed", failureCode: "account_closed" },
      ...{ amountMinor: refund.amountMinor, currency: refund.currency },
    };
    await story.do(story.part(0.7), (now) => asPerson(system, (tx) => settleRefund(tx, system, told, now)));
  }
}

async function giveBack(story: Story, id: string, daysAgo: number): Promise<void> {
  for (const refund of await refundsOf(id)) {
    await story.step(daysAgo, (now) => sendRefund(system, refund.id, now));
    await story.step(daysAgo - 0.6, (now) => settleBankRefund(story.cast.finance, refund.id, now));
  }
}

function refundsOf(opinionId: string) {
  return asPerson(system, (tx) => tx.refund.findMany({ where: { payment: { opinionId } } }));
}
