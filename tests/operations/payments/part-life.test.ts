import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { sumMinor } from "@/lib/kernel/money";
import { cancelBookingForm } from "@/lib/bookings/forms";
import { asPerson, openDb } from "@/lib/infra/db";
import { dropStripe } from "@/lib/infra/stripe";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { acceptChange } from "@/lib/payments/accept-change-order";
import { approveRefund } from "@/lib/payments/approve-refund";
import { announceTransfer } from "@/lib/payments/announce-transfer";
import { readDuePayments } from "@/lib/payments/read-due-payments";
import { readDueInvoice } from "@/lib/payments/read-invoicing";
import { statementFor } from "@/lib/payments/read-statement";
import { recordPayment } from "@/lib/payments/record-payment";
import { startCheckout } from "@/lib/payments/start-checkout";
import { sweepInstalments } from "@/lib/payments/sweep-instalments";
import { bookingNow } from "@/tests/support/bookings";
import { makeTrip, propose, yes } from "@/tests/support/changes";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { balanceNow, makeBalance } from "@/tests/support/parts";
import { ledgerSums, type Provider, startProvider } from "@/tests/support/payments";
import { makeFinance, testSystem } from "@/tests/support/people";
import { SEEN } from "@/tests/support/refunds";

let provider: Provider;
const now = () => new Date();
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

beforeAll(async () => {
  provider = await startProvider();
});

afterAll(async () => {
  await provider.stop();
  dropStripe();
});

/** Money for an instalment, as if the provider had told of it. */
async function bring(bookingId: string, planItemId: string, amountMinor: bigint): Promise<string> {
  const { caseId, patientId: payerId, currency } = await bookingNow(bookingId);
  const id = newId();
  await asPerson(testSystem, async (tx) => {
    await tx.payment.create({
      data: {
        ...{ id, planItemId, bookingId, caseId, payerId, method: "card" },
        ...{ currency, amountMinor, idempotencyKey: id },
      },
    });
    await recordPayment(tx, testSystem, id, {}, now());
  });
  return id;
}

const balanceOf = async (bookingId: string, contract: "A" | "B") => {
  const found = (await bookingNow(bookingId)).planItems.find(
    (item) => item.kind === "balance" && item.contract === contract,
  );
  if (!found) throw new Error("There is no such balance.");
  return found;
};
const refundsOf = (bookingId: string) =>
  asPerson(testSystem, (tx) => tx.refund.findMany({ where: { bookingId }, include: { payment: true } }));
const zero = async () => Object.values(await ledgerSums()).every((sum) => sum === 0n);
const mails = (to: string, template: string) => openDb().outboxMail.count({ where: { to, template } });

describe("a booking that ends with an instalment paid in part", () => {
  it("gives back every part out of the payment that brought it, and asks for no rest", async () => {
    const { patient, bookingId: id } = await makeTrip("preparing");
    const balance = await balanceOf(id, "A");
    const third = balance.amountMinor / 3n;
    const parts = [await bring(id, balance.id, third), await bring(id, balance.id, third + 1n)];
    const before = await statementFor(patient, id);
    const paid = before?.statement.totals.paidMinor ?? 0n;
    const form = cancelBookingForm.parse({ cause: "force_majeure" });
    const [one, two] = await Promise.all([
      cancelBooking(patient, id, form, now()),
      cancelBooking(patient, id, form, now()),
    ]);
    expect([one.ok, two.ok].filter(Boolean)).toHaveLength(1);

    expect(await balanceOf(id, "A")).toMatchObject({ state: "cancelled", paidMinor: 2n * third + 1n });
    const refunds = await refundsOf(id);
    // Nothing is delivered: all of it comes back, as much of each payment as it brought.
    expect(sumMinor(refunds.map((refund) => refund.amountMinor))).toBe(paid);
    for (const part of parts) {
      const back = refunds.filter(({ paymentId }) => paymentId === part);
      expect(sumMinor(back.map(({ amountMinor }) => amountMinor))).toBe(back[0]?.payment.amountMinor);
    }
    const finance = await makeFinance();
    for (const refund of refunds) valueOf(await approveRefund(finance, refund.id, now(), SEEN));
    const after = await statementFor(patient, id);
    expect(after?.statement.totals).toMatchObject({ heldMinor: 0n, openMinor: 0n, refundedMinor: paid });
    expect(after?.statement.totals.borneByOperatorMinor).toBe(0n);
    expect(await asPerson(testSystem, (tx) => readDueInvoice(tx, id))).toBeNull();
    expect(await zero()).toBe(true);
  });
});

describe("a change that makes an instalment paid in part cheaper", () => {
  it("comes off what is open of it first", async () => {
    const trip = await makeTrip();
    const { bookingId, patient } = trip;
    const { id, amountMinor } = await balanceOf(bookingId, "A");
    await bring(bookingId, id, amountMinor - 700_000n);
    const order = await propose(trip, 2_500_000);
    valueOf(await acceptChange(patient, order.id, yes(order), now()));
    expect(await balanceOf(bookingId, "A")).toMatchObject({
      ...{ state: "partially_paid", amountMinor: amountMinor - 500_000n, paidMinor: amountMinor - 700_000n },
    });
    expect(await refundsOf(bookingId)).toEqual([]);
    await bring(bookingId, id, 200_000n);
    expect(await balanceOf(bookingId, "A")).toMatchObject({ state: "paid" });
    expect(await zero()).toBe(true);
  });

  it("leaves it paid where nothing is open any more, and gives the rest back", async () => {
    const trip = await makeTrip();
    const { bookingId, patient } = trip;
    const { id, amountMinor } = await balanceOf(bookingId, "A");
    const payment = await bring(bookingId, id, amountMinor - 700_000n);
    const order = await propose(trip, 2_100_000);
    valueOf(await acceptChange(patient, order.id, yes(order), now()));
    const after = await balanceOf(bookingId, "A");
    expect(after).toMatchObject({ state: "paid", amountMinor: amountMinor - 700_000n });
    expect(after.paidAt).not.toBeNull();
    expect(await refundsOf(bookingId)).toMatchObject([
      { paymentId: payment, amountMinor: 200_000n, state: "calculated" },
    ]);
    const read = await statementFor(patient, bookingId);
    expect(read?.statement.contracts[0]?.openMinor).toBe(0n);
  });
});

describe("what is open of an instalment", () => {
  it("falls due and is told of once where the part came before its day was asked for", async () => {
    const made = await makeBalance(provider, 20);
    await asPerson(testSystem, (tx) =>
      tx.planItem.update({ where: { id: made.balanceId }, data: { state: "planned" } }),
    );
    await bring(made.bookingId, made.balanceId, 80_000n);
    await sweepInstalments(testSystem, now());
    expect(await mails(made.patient.email, "payment_due")).toBe(0);
    const later = inDays(14);
    await Promise.all([sweepInstalments(testSystem, later), sweepInstalments(testSystem, later)]);
    await sweepInstalments(testSystem, later);
    expect(await mails(made.patient.email, "payment_due")).toBe(1);
    expect(await balanceNow(made)).toMatchObject({ state: "partially_paid", paidMinor: 80_000n });
  });

  it("is not asked for a second time where its day had been told before the part", async () => {
    const made = await makeBalance(provider, 5);
    await bring(made.bookingId, made.balanceId, 80_000n);
    await sweepInstalments(testSystem, now());
    expect(await mails(made.patient.email, "payment_due")).toBe(0);
    expect(await mails(made.patient.email, "payment_in_part")).toBe(1);
  });

  it("is late the day after, stays late after another part, and is paid with the last", async () => {
    const made = await makeBalance(provider, 0);
    await bring(made.bookingId, made.balanceId, 80_000n);
    await sweepInstalments(testSystem, inDays(1));
    await sweepInstalments(testSystem, inDays(1));
    expect(await balanceNow(made)).toMatchObject({ state: "overdue", paidMinor: 80_000n });
    expect(await mails(made.patient.email, "payment_overdue")).toBe(1);
    await bring(made.bookingId, made.balanceId, 60_000n);
    expect(await balanceNow(made)).toMatchObject({ state: "overdue", paidMinor: 140_000n });
    await bring(made.bookingId, made.balanceId, 60_000n);
    expect(await balanceNow(made)).toMatchObject({ state: "paid", paidAMinor: 60_000n });
  });

  it("is asked of nobody once the patient has died", async () => {
    const made = await makeBalance(provider, 5);
    await asPerson(testSystem, (tx) =>
      tx.case.update({ where: { id: made.caseId }, data: { stage: "deceased" } }),
    );
    await bring(made.bookingId, made.balanceId, 80_000n);
    expect(await mails(made.patient.email, "payment_in_part")).toBe(0);
    await asPerson(testSystem, (tx) =>
      tx.planItem.update({
        where: { id: made.balanceId },
        data: { dueOn: dateOf(addDays(dayOf(now()), -3)) },
      }),
    );
    await sweepInstalments(testSystem, now());
    expect(await balanceNow(made)).toMatchObject({ state: "partially_paid" });
  });

  it("is asked for no more once no card takes so little, and is late in silence", async () => {
    const [cents, enough] = [await makeBalance(provider), await makeBalance(provider)];
    await bring(cents.bookingId, cents.balanceId, 199_951n);
    await bring(enough.bookingId, enough.balanceId, 199_950n);
    const due = async ({ patient, caseId }: typeof cents) =>
      (await readDuePayments(patient, [caseId], now())).get(caseId)?.open.amount;
    expect([await due(cents), await due(enough)]).toEqual([undefined, 50]);
    expect(reasonOf(await startCheckout(cents.patient, cents.balanceId, now()))).toBe(
      "amount_not_chargeable",
    );

    await sweepInstalments(testSystem, inDays(8));
    expect(await balanceNow(cents)).toMatchObject({ state: "overdue", paidMinor: 199_951n });
    expect(await mails(cents.patient.email, "payment_overdue")).toBe(0);
    expect(await mails(enough.patient.email, "payment_overdue")).toBe(1);
    const late = (caseId: string) =>
      asPerson(testSystem, (tx) => tx.task.count({ where: { caseId, kind: "instalment_overdue" } }));
    expect([await late(cents.caseId), await late(enough.caseId)]).toEqual([0, 1]);
  });

  it("is announced by bank beside another balance, each for itself", async () => {
    const made = await makeBalance(provider);
    const second = newId();
    await asPerson(testSystem, async (tx) => {
      const item = await tx.planItem.findUniqueOrThrow({ where: { id: made.balanceId } });
      await tx.planItem.create({ data: { ...item, id: second, position: item.position + 1 } });
      const value = { holder: "Valvia", iban: "DE89370400440532013000", bic: "COBADEFF", bank: "Bank" };
      await tx.setting.create({ data: { key: "operator_bank_account", value } });
    });
    for (const id of [made.balanceId, second]) valueOf(await announceTransfer(made.patient, id, now()));
    const asked = { caseId: made.caseId, kind: "transfer_announced", state: "open" as const };
    const open = () => asPerson(testSystem, (tx) => tx.task.count({ where: asked }));
    expect(await open()).toBe(2);
    await bring(made.bookingId, made.balanceId, 200_000n);
    expect(await open()).toBe(1);
  });
});
