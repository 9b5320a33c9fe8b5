import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { refundQuoteFor } from "@/lib/bookings/read-refund-quote";
import { asPerson, openDb } from "@/lib/infra/db";
import { dropStripe } from "@/lib/infra/stripe";
import { applyDispute } from "@/lib/payments/apply-dispute";
import { applyProviderEvent } from "@/lib/payments/apply-provider-event";
import { announceTransfer } from "@/lib/payments/announce-transfer";
import { readDuePayments } from "@/lib/payments/read-due-payments";
import { statementFor } from "@/lib/payments/read-statement";
import { recordPayment } from "@/lib/payments/record-payment";
import { settlePayment } from "@/lib/payments/settle-payment";
import { startCheckout } from "@/lib/payments/start-checkout";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { balanceNow, makeBalance, paymentsOf, statesOf, totalOf } from "@/tests/support/parts";
import { ledgerSums, type Provider, startProvider } from "@/tests/support/payments";
import { makePatient, testSystem } from "@/tests/support/people";

let provider: Provider;
const now = () => new Date();

beforeAll(async () => {
  provider = await startProvider();
});

afterAll(async () => {
  await provider.stop();
  dropStripe();
});

type Made = Awaited<ReturnType<typeof makeBalance>>;

const open = async (made: Made, part: bigint | null = null) =>
  valueOf(await startCheckout(made.patient, made.balanceId, now(), part));

async function payPart(made: Made, part: bigint | null = null) {
  const page = await open(made, part);
  await provider.pay(page.url);
  await provider.work();
  return page.paymentId;
}

/** A payment page that was given up long ago. */
async function givenUp(made: Made, amountMinor: bigint, method = "card") {
  const id = newId();
  const { balanceId: planItemId, bookingId, caseId, currency, patient } = made;
  await asPerson(testSystem, (tx) =>
    tx.payment.create({
      data: {
        ...{ id, planItemId, bookingId, caseId, payerId: patient.personId, method },
        ...{ state: "expired", currency, amountMinor, idempotencyKey: id },
      },
    }),
  );
  return id;
}

const told = (id: string) => asPerson(testSystem, (tx) => recordPayment(tx, testSystem, id, {}, now()));

describe("an instalment paid in parts by card", () => {
  it("is paid in part with what is open, then paid; each part is booked by contract and has its receipt", async () => {
    const made = await makeBalance(provider);
    const first = await payPart(made, 80_000n);

    expect(await balanceNow(made)).toMatchObject({
      ...{ state: "partially_paid", paidMinor: 80_000n, paidAMinor: 24_000n, paidAt: null },
    });
    const read = await statementFor(made.patient, made.bookingId);
    expect(read?.statement.totals).toMatchObject({ paidMinor: 430_000n, openMinor: 120_000n });
    const due = await readDuePayments(made.patient, [made.caseId], now());
    expect(due.get(made.caseId)?.open).toEqual({ amount: 120_000, currency: "EUR" });
    expect(
      await openDb().outboxMail.count({
        where: { to: made.patient.email, template: "payment_in_part" },
      }),
    ).toBe(1);

    const second = await payPart(made);
    expect(await balanceNow(made)).toMatchObject({
      ...{ state: "paid", paidMinor: 200_000n, paidAMinor: 60_000n },
    });
    expect(await totalOf(made.bookingId, "client_funds_held", "A")).toBe(360_000n);
    const ended = await statementFor(made.patient, made.bookingId);
    expect(ended?.statement.totals).toMatchObject({ paidMinor: 550_000n, openMinor: 0n });
    const receipts = await openDb().$queryRaw<{ n: bigint }[]>`
      SELECT count(*) AS n FROM pgboss.job WHERE name = 'document.receipt' AND data->>'paymentId' IN (${first}, ${second})`;
    expect(receipts[0]?.n).toBe(2n);
    expect(reasonOf(await startCheckout(made.patient, made.balanceId, now()))).toBe("already_paid");
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
  });

  it("is no smaller than a quarter and leaves no less, and a deposit is paid in one", async () => {
    const made = await makeBalance(provider);
    for (const part of [1n, 49_999n, 150_001n, 200_001n])
      expect(reasonOf(await startCheckout(made.patient, made.balanceId, now(), part))).toBe("invalid_part");
    await asPerson(testSystem, (tx) =>
      tx.planItem.update({ where: { id: made.balanceId }, data: { kind: "deposit" } }),
    );
    expect(reasonOf(await startCheckout(made.patient, made.balanceId, now(), 100_000n))).toBe(
      "deposit_in_one",
    );
    expect(await paymentsOf(made.balanceId)).toEqual([]);
  });

  it("is nothing a stranger can begin", async () => {
    const made = await makeBalance(provider);
    const stranger = await makePatient();
    expect(reasonOf(await startCheckout(stranger, made.balanceId, now(), 80_000n))).toBe("not_found");
    expect(await paymentsOf(made.balanceId)).toEqual([]);
  });

  it("closes the page of another sum before it opens one, and shows the same page for the same sum", async () => {
    const made = await makeBalance(provider);
    const whole = await open(made);
    expect(whole.amountMinor).toBe(200_000n);
    const part = await open(made, 80_000n);
    expect(part).toMatchObject({ amountMinor: 80_000n });
    expect((await open(made, 80_000n)).url).toBe(part.url);

    await provider.pay(whole.url);
    await provider.work();
    expect(await balanceNow(made)).toMatchObject({ paidMinor: 0n });
    await provider.pay(part.url);
    await provider.work();
    expect(await balanceNow(made)).toMatchObject({ state: "partially_paid", paidMinor: 80_000n });
    expect(await statesOf(made.balanceId)).toEqual(["expired", "succeeded"]);
    expect(await open(made)).toMatchObject({ amountMinor: 120_000n });
  });

  it("books a page that was paid in the meantime before it asks for anything else", async () => {
    const made = await makeBalance(provider);
    const part = await open(made, 80_000n);
    await provider.pay(part.url);
    // Nobody has told us yet.
    expect(await open(made)).toMatchObject({ amountMinor: 120_000n });
    expect(await balanceNow(made)).toMatchObject({ state: "partially_paid", paidMinor: 80_000n });

    const other = await makeBalance(provider);
    const whole = await open(other);
    await provider.pay(whole.url);
    expect(reasonOf(await startCheckout(other.patient, other.balanceId, now(), 80_000n))).toBe(
      "already_paid",
    );
    expect(await statesOf(other.balanceId)).toEqual(["succeeded"]);
  });

  it("opens one page that can be paid, however often and for whatever sums it is asked at once", async () => {
    const made = await makeBalance(provider);
    await Promise.all(
      [80_000n, null, 100_000n, 80_000n].map((part) =>
        startCheckout(made.patient, made.balanceId, now(), part),
      ),
    );
    const page = await open(made, 80_000n);
    for (const { checkoutUrl } of await paymentsOf(made.balanceId))
      if (checkoutUrl) await provider.pay(checkoutUrl);
    await provider.work();

    expect(page.amountMinor).toBe(80_000n);
    expect(await balanceNow(made)).toMatchObject({ state: "partially_paid", paidMinor: 80_000n });
  });

  it("counts each part once, however late and in whatever order the provider tells of them", async () => {
    const made = await makeBalance(provider);
    const first = await open(made, 80_000n);
    await provider.pay(first.url);
    await settlePayment(testSystem, first.paymentId, now());
    const second = await open(made);
    await provider.pay(second.url);
    const waiting = await openDb().providerEvent.findMany({ orderBy: { receivedAt: "desc" } });
    for (const { id } of [...waiting, ...waiting]) await applyProviderEvent(testSystem, id, now());
    await settlePayment(testSystem, first.paymentId, now());

    expect(await balanceNow(made)).toMatchObject({ state: "paid", paidMinor: 200_000n, paidAMinor: 60_000n });
    expect(await statesOf(made.balanceId)).toEqual(["succeeded", "succeeded"]);
    expect(await totalOf(made.bookingId, "client_funds_held", "A")).toBe(360_000n);
  });
});

describe("money that comes late beside a part", () => {
  it("pays what is open of it, and goes back whole where it is more than that", async () => {
    const made = await makeBalance(provider);
    const [late, whole] = [await givenUp(made, 120_000n), await givenUp(made, 200_000n)];
    await payPart(made, 80_000n);

    expect(await told(whole)).toBe("surplus");
    expect(await balanceNow(made)).toMatchObject({ state: "partially_paid", paidMinor: 80_000n });
    const back = await asPerson(testSystem, (tx) => tx.refund.findMany({ where: { paymentId: whole } }));
    expect(back).toMatchObject([{ amountMinor: 200_000n, state: "calculated", cause: "duplicate" }]);

    expect(await told(late)).toBe("recorded");
    expect(await told(late)).toBe("already");
    expect(await balanceNow(made)).toMatchObject({ state: "paid", paidAMinor: 60_000n });
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
  });

  it("pays once of two that come at once and do not both fit", async () => {
    const made = await makeBalance(provider);
    const ids = [await givenUp(made, 120_000n), await givenUp(made, 130_000n)];
    const answers = await Promise.all(ids.map(told));

    expect(answers.toSorted()).toEqual(["recorded", "surplus"]);
    const { paidMinor, state } = await balanceNow(made);
    expect(state).toBe("partially_paid");
    expect([120_000n, 130_000n]).toContain(paidMinor);
  });

  it("is kept by the database from paying more than the instalment", async () => {
    const made = await makeBalance(provider);
    await payPart(made, 80_000n);
    const id = await givenUp(made, 120_001n);
    const force = asPerson(testSystem, (tx) =>
      tx.payment.update({ where: { id }, data: { state: "succeeded", succeededAt: now() } }),
    );
    await expect(force).rejects.toThrow(/not paid more than once/);
    const split = asPerson(testSystem, (tx) =>
      tx.planItem.update({ where: { id: made.balanceId }, data: { paidAMinor: 60_001n } }),
    );
    await expect(split).rejects.toThrow(/plan_item_fits/);
  });

  it("goes back at once when its booking has ended, part by part", async () => {
    const made = await makeBalance(provider);
    const id = await givenUp(made, 80_000n);
    await asPerson(testSystem, (tx) =>
      tx.booking.update({
        where: { id: made.bookingId },
        data: { state: "cancelled", cancelledAt: now(), cancelCause: "centre_declines" },
      }),
    );
    await asPerson(testSystem, (tx) =>
      tx.planItem.update({ where: { id: made.balanceId }, data: { state: "cancelled" } }),
    );
    expect(await told(id)).toBe("recorded");
    expect(await balanceNow(made)).toMatchObject({ state: "cancelled", paidMinor: 80_000n });
    const back = await asPerson(testSystem, (tx) => tx.refund.findMany({ where: { paymentId: id } }));
    expect(back).toMatchObject([{ amountMinor: 80_000n, state: "approved" }]);
    const read = await statementFor(made.patient, made.bookingId);
    expect(read?.statement.totals).toMatchObject({ openMinor: 0n, refundedMinor: 80_000n });
  });
});

describe("a dispute about one of two parts", () => {
  it("leaves the other part alone, and money paid again in its place is taken", async () => {
    const made = await makeBalance(provider);
    const first = await payPart(made, 80_000n);
    const second = await payPart(made);
    const [lost] = (await paymentsOf(made.balanceId)).filter(({ id }) => id === first);
    const facts = { id: `dp_${first}`, amountMinor: 80_000n, paymentIntentId: lost?.paymentIntentId ?? null };
    for (const status of ["needs_response", "lost", "lost"])
      await asPerson(testSystem, (tx) => applyDispute(tx, testSystem, { ...facts, status }, now()));

    expect((await paymentsOf(made.balanceId)).map(({ id, state }) => [id, state])).toEqual([
      [first, "lost"],
      [second, "succeeded"],
    ]);
    expect(await balanceNow(made)).toMatchObject({ state: "paid", paidMinor: 200_000n });
    const again = await givenUp(made, 80_000n);
    const paidNow = async () => {
      const day = dayOf(now());
      const found = await refundQuoteFor(made.patient, made.bookingId, "centre_declines", day, now());
      return [found?.quote.total.paidMinor, found?.quote.total.takenMinor];
    };
    expect(await paidNow()).toEqual([470_000n, 80_000n]);
    expect(await told(again)).toBe("recorded");
    expect(await paidNow()).toEqual([550_000n, 0n]);
    expect(await told(await givenUp(made, 1_000n))).toBe("surplus");
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
  });
});

describe("an announced transfer", () => {
  it("asks for what is open, stays announced beside a part by card, and is over once a part came by bank", async () => {
    const made = await makeBalance(provider);
    await payPart(made, 60_000n);
    await asPerson(testSystem, (tx) =>
      tx.setting.upsert({
        where: { key: "operator_bank_account" },
        update: {},
        create: {
          key: "operator_bank_account",
          value: { holder: "Valvia", iban: "DE89370400440532013000", bic: "COBADEFF", bank: "Bank" },
        },
      }),
    );
    const said = valueOf(await announceTransfer(made.patient, made.balanceId, now()));
    expect(said.amountMinor).toBe(140_000n);
    const due = () => readDuePayments(made.patient, [made.caseId], now());
    const kind = { caseId: made.caseId, kind: "transfer_announced", state: "open" as const };
    const asked = () => asPerson(testSystem, (tx) => tx.task.count({ where: kind }));
    const isWaiting = async () => [(await due()).has(made.caseId), await asked()];
    expect(await isWaiting()).toEqual([false, 1]);
    expect(await told(await givenUp(made, 60_000n))).toBe("recorded");
    expect(await isWaiting()).toEqual([false, 1]);
    expect(await told(await givenUp(made, 20_000n, "bank_transfer"))).toBe("recorded");
    expect((await due()).get(made.caseId)?.open.amount).toBe(60_000);
    expect(await asked()).toBe(0);
  });
});
