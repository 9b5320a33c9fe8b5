import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as lossRoute } from "@/app/api/v1/opinions/[id]/loss/route";
import { POST as returnRoute } from "@/app/api/v1/opinions/[id]/payout-return/route";
import { asPerson, openDb } from "@/lib/infra/db";
import { isCheckViolation } from "@/lib/infra/db-errors";
import { dropStripe } from "@/lib/infra/stripe";
import { refundsToHandle } from "@/lib/desk/queries/money";
import { newId } from "@/lib/kernel/ids";
import { applyDispute } from "@/lib/payments/apply-dispute";
import { cancelOpinion } from "@/lib/payments/cancel-opinion";
import { noteFeeLoss } from "@/lib/payments/note-fee-loss";
import { payOpinion } from "@/lib/payments/pay-opinion";
import { refundsFor } from "@/lib/payments/queries";
import { disputedFeesFor } from "@/lib/payments/read-fee-troubles";
import { recordPayoutReturn } from "@/lib/payments/record-payout-return";
import { releaseOpinion } from "@/lib/payments/release-opinion";
import { settleOpinion } from "@/lib/payments/settle-opinion";
import { answerTwice, bookedFor, FEE_MINOR, makePaidOpinion, opinionNow } from "@/tests/support/opinions";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { type Provider, startProvider } from "@/tests/support/payments";
import { makeFinance, makePatient, testSystem } from "@/tests/support/people";
import { call, tokenOf } from "@/tests/support/routes";

let provider: Provider;
const fee = BigInt(FEE_MINOR);
const now = () => new Date();

beforeAll(async () => {
  provider = await startProvider();
});
afterAll(async () => {
  await provider.stop();
  dropStripe();
});

async function makeDelivered() {
  const made = await makePaidOpinion(provider);
  await answerTwice(made);
  valueOf(await settleOpinion(testSystem, made.opinionId, now()));
  return made;
}

/** Paid to its centre: who released it, who paid it, and a third person of finance. */
async function makePaidOut() {
  const made = await makeDelivered();
  const [releases, pays, third] = [await makeFinance(), await makeFinance(), await makeFinance()];
  valueOf(await releaseOpinion(releases, made.opinionId, now()));
  valueOf(await payOpinion(pays, made.opinionId, "BANK 1", now()));
  return { ...made, releases, pays, third };
}

/** The payer's bank asks for the fee, and where it is `lost` takes it. */
const dispute = (paymentId: string, ...states: string[]) => disputePart(paymentId, "whole", fee, ...states);

async function disputePart(
  paymentId: string,
  name: string,
  amountMinor: bigint,
  ...states: string[]
): Promise<void> {
  const { paymentIntentId } = await asPerson(testSystem, (tx) =>
    tx.payment.findUniqueOrThrow({ where: { id: paymentId } }),
  );
  for (const status of states) {
    const told = { id: `dp_${name}_${paymentId}`, status, amountMinor, paymentIntentId };
    await asPerson(testSystem, (tx) => applyDispute(tx, testSystem, told, now()));
  }
}
const openTasks = (caseId: string) =>
  asPerson(testSystem, (tx) => tx.task.count({ where: { caseId, kind: "payment_disputed", state: "open" } }));

describe("a fee the centre's bank sends back", () => {
  it("is owed to the centre again, once, by the word of another person than who paid it", async () => {
    const { opinionId, pays, third, releases } = await makePaidOut();
    expect(await bookedFor(opinionId)).toEqual({});
    expect(reasonOf(await recordPayoutReturn(pays, opinionId, "BACK 1", now()))).toBe("same_person");
    const both = await Promise.all(
      [third, releases].map((who) => recordPayoutReturn(who, opinionId, "BACK 1", now())),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await bookedFor(opinionId)).toEqual({ psp_clearing: fee, hospital_payable: -fee });
    expect(await opinionNow(opinionId)).toMatchObject({ state: "released", payoutsReturned: 1 });

    expect(reasonOf(await payOpinion(releases, opinionId, "BANK 2", now()))).toBe("same_person");
    valueOf(await payOpinion(third, opinionId, "BANK 2", now()));
    expect(await bookedFor(opinionId)).toEqual({});
    valueOf(await recordPayoutReturn(pays, opinionId, "BACK 2", now()));
    valueOf(await payOpinion(pays, opinionId, "BANK 3", now()));
    expect(await opinionNow(opinionId)).toMatchObject({ state: "paid_out", payoutsReturned: 2 });
    expect(await bookedFor(opinionId)).toEqual({});
    const audit = { objectId: opinionId, event: "opinion.payout_returned" };
    expect(await openDb().auditEvent.count({ where: audit })).toBe(2);
  });

  it("is nobody else's to say, and nothing comes back of what was not paid", async () => {
    const made = await makeDelivered();
    const finance = await makeFinance();
    expect(reasonOf(await recordPayoutReturn(finance, made.opinionId, "X", now()))).toBe(
      "illegal_transition",
    );
    expect(reasonOf(await recordPayoutReturn(finance, newId(), "X", now()))).toBe("not_found");
    const body = { bankReference: "X" };
    for (const who of [await makePatient(), made.owner, made.patient]) {
      const asked = { token: await tokenOf(who), params: { id: made.opinionId } };
      expect((await call(returnRoute, { ...asked, body })).status).toBe(404);
      expect((await call(lossRoute, asked)).status).toBe(404);
    }
    const back = asPerson(testSystem, (tx) =>
      tx.secondOpinion.updateMany({ where: { id: made.opinionId }, data: { state: "paid" } }),
    );
    await expect(back).rejects.toSatisfy(isCheckViolation);
  });
});

describe("a fee the payer's bank takes after the answer", () => {
  it("waits on the page of finance until somebody has looked, and the centre keeps its own", async () => {
    const made = await makePaidOut();
    const mine = async () =>
      (await disputedFeesFor(made.third))
        .filter(({ id }) => id === made.opinionId)
        .map(({ isLost }) => isLost);
    expect(await mine()).toEqual([]);
    await dispute(made.paymentId, "needs_response");
    expect(await mine()).toEqual([false]);
    expect(reasonOf(await noteFeeLoss(made.third, made.opinionId, now()))).toBe("illegal_transition");
    await dispute(made.paymentId, "lost");
    expect(await mine()).toEqual([true]);
    expect(await openTasks(made.caseId)).toBe(1);
    const both = await Promise.all(
      [made.third, made.pays].map((who) => noteFeeLoss(who, made.opinionId, now())),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await mine()).toEqual([]);
    expect(await openTasks(made.caseId)).toBe(0);
    expect(await opinionNow(made.opinionId)).toMatchObject({ state: "paid_out", endCause: null });
    expect(await bookedFor(made.opinionId)).toEqual({ psp_clearing: -fee, write_off: fee });
    const audit = { objectId: made.opinionId, event: "opinion.loss_noted" };
    expect(await openDb().auditEvent.count({ where: audit })).toBe(1);
    expect(reasonOf(await noteFeeLoss(made.third, newId(), now()))).toBe("not_found");
  });
});

describe("a fee the payer's bank takes in two parts", () => {
  it("is looked at again when the second part is lost, once, and its task ends with that", async () => {
    const made = await makePaidOut();
    const mine = async () =>
      (await disputedFeesFor(made.third)).filter(({ id }) => id === made.opinionId).length;
    const note = () => noteFeeLoss(made.third, made.opinionId, now());
    const [first, second] = [3_000n, fee - 3_000n];
    await disputePart(made.paymentId, "first", first, "needs_response", "lost");
    await disputePart(made.paymentId, "second", second, "needs_response");
    valueOf(await note());
    expect(await mine()).toBe(0);
    // The first one told again has taken nothing more.
    await disputePart(made.paymentId, "first", first, "lost");
    expect(await mine()).toBe(0);

    await disputePart(made.paymentId, "second", second, "lost");

    expect(await mine()).toBe(1);
    const both = await Promise.all([note(), note()]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await mine()).toBe(0);
    expect(await openTasks(made.caseId)).toBe(0);
    expect(await bookedFor(made.opinionId)).toEqual({ psp_clearing: -fee, write_off: fee });
    const audit = { objectId: made.opinionId, event: "opinion.loss_noted" };
    expect(await openDb().auditEvent.count({ where: audit })).toBe(2);
  });
});

describe("a fee on its way back", () => {
  it("is among the refunds finance handles, as those of bookings are", async () => {
    const made = await makePaidOpinion(provider);
    valueOf(await cancelOpinion(made.patient, made.opinionId, now()));
    const finance = await makeFinance();
    const own = (await refundsToHandle(finance)).filter(({ caseId }) => caseId === made.caseId);
    expect(own).toMatchObject([{ bookingId: null, amountMinor: fee, state: "approved" }]);
    const all = await refundsFor(made.owner, { limit: 100 });
    expect(all.items.filter(({ caseId }) => caseId === made.caseId)).toHaveLength(1);
  });
});
