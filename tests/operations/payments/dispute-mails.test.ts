import { describe, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { applyProviderEvent } from "@/lib/payments/apply-provider-event";
import { readDuePayments } from "@/lib/payments/read-due-payments";
import { disputesFor } from "@/lib/payments/read-disputes";
import { makeFullyPaid } from "@/tests/support/invoices";
import { makePaidBooking } from "@/tests/support/payments";
import { makeFinance, makePatient, testSystem } from "@/tests/support/people";
import { tellDispute } from "@/tests/support/refunds";
import { eventually } from "@/tests/support/stripe-sandbox";
import { withBooks } from "@/tests/support/with-provider";

const provider = withBooks();

const TOLD = ["payment_asked_back", "payment_taken_back"] as const;

const mailsTo = (to: string) =>
  openDb().outboxMail.findMany({ where: { to, template: { in: [...TOLD] } }, orderBy: { createdAt: "asc" } });
const kindsTo = async (to: string) => (await mailsTo(to)).map(({ template }) => template);

/** A paid deposit; its payer's bank asks for all of it, as the provider tells us. */
async function makeAsked() {
  const made = await makePaidBooking(provider());
  const { paymentIntentId } = await asPerson(testSystem, (tx) =>
    tx.payment.findUniqueOrThrow({ where: { id: made.paymentId } }),
  );
  await provider().askForPart(paymentIntentId ?? "", 50_000);
  const asked = await eventually(async () => {
    await provider().work();
    const all = await disputesFor(await makeFinance());
    return all.find(({ paymentId }) => paymentId === made.paymentId) ?? null;
  });
  return { ...made, asked };
}

/** Everything the provider told of a dispute, worked again by two at once, the newest first. */
async function tellAgain(disputeId: string): Promise<void> {
  const events = await openDb().providerEvent.findMany({
    where: { type: { startsWith: "charge.dispute." }, objectId: disputeId },
    orderBy: { createdAt: "desc" },
  });
  expect(events).not.toHaveLength(0);
  for (const { id } of events) {
    await openDb().providerEvent.update({ where: { id }, data: { appliedAt: null } });
    await Promise.all([1, 2].map(() => applyProviderEvent(testSystem, id, new Date())));
  }
}

describe("the mail about a payment its payer's bank asks for", () => {
  it("tells the payer when it is asked for and when it was taken, once each, however often that is told", async () => {
    const { patient, caseId, asked } = await makeAsked();
    expect(await kindsTo(patient.email)).toEqual(["payment_asked_back"]);
    await tellAgain(asked.id);
    expect(await kindsTo(patient.email)).toEqual(["payment_asked_back"]);

    await provider().decide(asked.id, "losing_evidence");
    await eventually(async () => {
      await provider().work();
      const all = await disputesFor(await makeFinance());
      return all.find(({ id, state }) => id === asked.id && state === "lost") ?? null;
    });
    expect(await kindsTo(patient.email)).toEqual([...TOLD]);
    await tellAgain(asked.id);
    expect(await kindsTo(patient.email)).toEqual([...TOLD]);

    for (const { text, html } of await mailsTo(patient.email)) {
      expect(text).toContain(`/en/my/cases/${caseId}/statement`);
      expect(html).toContain(`/en/my/cases/${caseId}/statement`);
      expect(text).not.toMatch(/valve|heart|clinic|hospital|treatment|\d{2},\d{3}|€/i);
    }
  });

  it("leads whoever paid and the patient to the statement, each in their language, and nobody else", async () => {
    const { depositPaymentId: id, patient, caseId } = await makeFullyPaid();
    const [payer, stranger] = [await makePatient(), await makePatient()];
    await asPerson(testSystem, async (tx) => {
      await tx.person.update({ where: { id: payer.personId }, data: { locale: "ar" } });
      await tx.payment.update({ where: { id }, data: { payerId: payer.personId } });
    });
    await Promise.all([1, 2].map(() => tellDispute(id, "needs_response")));
    await Promise.all([1, 2].map(() => tellDispute(id, "lost")));

    expect(await kindsTo(patient.email)).toEqual([...TOLD]);
    expect(await kindsTo(payer.email)).toEqual([...TOLD]);
    expect(await kindsTo(stranger.email)).toEqual([]);
    const [, taken] = await mailsTo(payer.email);
    expect(taken?.text).toContain(`/ar/my/cases/${caseId}/statement`);
    expect(taken?.text).toContain("استعاد البنك");
  });

  it("speaks of a loss alone where that was told first, and of each other name it is asked for again", async () => {
    const { depositPaymentId: id, patient } = await makeFullyPaid();
    for (const status of ["lost", "needs_response", "won"] as const)
      await tellDispute(id, status, { amountMinor: 90_000n });
    expect(await kindsTo(patient.email)).toEqual(["payment_taken_back"]);
    await tellDispute(id, "needs_response", { name: "second" });
    await tellDispute(id, "needs_response");
    expect(await kindsTo(patient.email)).toEqual(["payment_taken_back", "payment_asked_back"]);
  });

  it("writes to nobody who has died, and asks a case that has ended for nothing again", async () => {
    const { depositPaymentId: id, patient, caseId } = await makeFullyPaid();
    const payer = await makePatient();
    const due = async () => (await readDuePayments(patient, [caseId], new Date())).get(caseId)?.again ?? null;
    await asPerson(testSystem, async (tx) => {
      await tx.payment.update({ where: { id }, data: { payerId: payer.personId } });
    });
    await tellDispute(id, "lost", { amountMinor: 90_000n });
    expect((await due())?.amount).toBe(90_000);
    const before = await kindsTo(patient.email);

    await asPerson(testSystem, (tx) =>
      tx.case.update({
        where: { id: caseId },
        data: { stage: "deceased", nextAction: null, nextDueAt: null, waitingOn: "nobody" },
      }),
    );
    expect(await due()).toBeNull();
    await tellDispute(id, "lost", { name: "second", amountMinor: 10_000n });
    expect(await kindsTo(patient.email)).toEqual(before);
    expect(await kindsTo(payer.email)).toHaveLength(before.length + 1);
  });
});
