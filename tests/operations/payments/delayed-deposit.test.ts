import { beforeAll, describe, expect, it } from "vitest";
import { bookingFor } from "@/lib/bookings/queries";
import { bookingView } from "@/lib/bookings/views/booking";
import { asPerson, openDb } from "@/lib/infra/db";
import { addBusinessDays, addHours, addMinutes } from "@/lib/kernel/day";
import { tidyHolds } from "@/lib/logistics/tidy-holds";
import { announceTransfer } from "@/lib/payments/announce-transfer";
import { ACCOUNT_SETTING } from "@/lib/payments/bank-transfer";
import { settlePayment } from "@/lib/payments/settle-payment";
import { startCheckout } from "@/lib/payments/start-checkout";
import { valueOf } from "@/tests/support/outcomes";
import { makeUnpaidBooking } from "@/tests/support/payments";
import { testSystem } from "@/tests/support/people";
import { withBooks } from "@/tests/support/with-provider";

const peer = withBooks();
const CLEARS = "DE89370400440532013000";
const BOUNCES = "DE62370400440532013001";

beforeAll(async () => {
  const value = { holder: "Valvia", iban: CLEARS, bic: "TESTDEFF", bank: "Test Bank" };
  await openDb().setting.create({ data: { key: ACCOUNT_SETTING, value } });
});

type Made = Awaited<ReturnType<typeof makeUnpaidBooking>>;

const bookingNow = ({ bookingId: id }: Pick<Made, "bookingId">) =>
  asPerson(testSystem, (tx) => tx.booking.findUniqueOrThrow({ where: { id }, include: { claims: true } }));
const caseNow = ({ caseId: id }: Made) =>
  asPerson(testSystem, (tx) => tx.case.findUniqueOrThrow({ where: { id } }));
const holdEnds = async (made: Made) => (await bookingNow(made)).holdExpiresAt?.getTime() ?? 0;
const near = (at: Date) => ({ from: addMinutes(at, -2).getTime(), to: addMinutes(at, 2).getTime() });

/** Twelve hours before the hold is over the payer says yes to a debit on the provider's page. */
async function debit(made: Made, iban: string): Promise<string> {
  const { paymentId, url } = valueOf(await startCheckout(made.patient, made.depositId, new Date()));
  await peer().fillIn(url, { iban });
  return paymentId;
}

const look = (paymentId: string) => settlePayment(testSystem, paymentId, new Date());
const answerOfBank = () => peer().control("clock", { advanceSeconds: 5 });

async function expectEnd(made: Made, at: Date): Promise<void> {
  const { from, to } = near(at);
  const ends = await holdEnds(made);
  expect(ends).toBeGreaterThan(from);
  expect(ends).toBeLessThan(to);
}

const makeLastHours = (hours = 12) => makeUnpaidBooking({ holdExpiresAt: addHours(new Date(), hours) });

describe("a deposit by a debit that takes days", () => {
  it("keeps its day for five banking days, told once, twice or at once", async () => {
    const made = await makeLastHours();
    const paymentId = await debit(made, CLEARS);

    await Promise.all([look(paymentId), look(paymentId)]);
    const until = await holdEnds(made);
    await look(paymentId);

    await expectEnd(made, addBusinessDays(new Date(), 5));
    expect(await holdEnds(made)).toBe(until);
    expect(await caseNow(made)).toMatchObject({ waitingOn: "nobody", nextAction: "await_debit" });
    const about = { objectId: made.bookingId, event: "booking.kept_for_debit" };
    expect(await openDb().auditEvent.count({ where: about })).toBe(1);
    await tidyHolds(testSystem, addHours(new Date(), 24));
    expect((await bookingNow(made)).state).toBe("awaiting_deposit");
  });

  it("says so to the payer and the desk, and no longer once it has come", async () => {
    const made = await makeLastHours();
    const paymentId = await debit(made, CLEARS);
    await look(paymentId);
    const shown = async () => {
      const facts = await bookingFor(made.patient, made.bookingId);
      return facts && bookingView(facts, "patient", new Date()).plan.map(({ isOnItsWay }) => isOnItsWay);
    };
    expect(await shown()).toEqual([true, false]);

    await answerOfBank();
    await look(paymentId);

    expect((await bookingNow(made)).state).toBe("awaiting_centre");
    expect(await shown()).toEqual([false, false]);
    expect(await caseNow(made)).toMatchObject({ nextAction: "confirm_date" });
  });

  it("leaves an hour to pay otherwise when the bank says no, and the payer hears of it", async () => {
    const made = await makeLastHours(1);
    const paymentId = await debit(made, BOUNCES);
    await look(paymentId);
    await answerOfBank();
    await Promise.all([look(paymentId), look(paymentId)]);

    await expectEnd(made, addHours(new Date(), 1));
    expect(await caseNow(made)).toMatchObject({ waitingOn: "patient", nextAction: "pay_deposit" });
    const mail = { to: made.patient.email, template: "payment_failed" };
    expect(await openDb().outboxMail.count({ where: mail })).toBe(1);
    const again = valueOf(await startCheckout(made.patient, made.depositId, new Date()));
    await peer().pay(again.url);
    await look(again.paymentId);
    expect((await bookingNow(made)).state).toBe("awaiting_centre");
  });

  it("gives back the time the hold had left, where that is more", async () => {
    const made = await makeLastHours(12);
    const before = await holdEnds(made);
    const paymentId = await debit(made, BOUNCES);
    await look(paymentId);
    expect(await holdEnds(made)).toBeGreaterThan(before);
    await answerOfBank();
    await look(paymentId);
    expect(await holdEnds(made)).toBe(before);
  });

  it("is not kept for ever: a second debit has what is left of the time of the first", async () => {
    const made = await makeLastHours();
    await look(await debit(made, CLEARS));
    const until = await holdEnds(made);
    const [first] = await asPerson(testSystem, (tx) =>
      tx.payment.findMany({ where: { bookingId: made.bookingId } }),
    );
    await asPerson(testSystem, async (tx) => {
      await tx.payment.update({
        where: { id: first?.id ?? "" },
        data: { state: "failed", endedAt: new Date() },
      });
      await tx.booking.update({
        where: { id: made.bookingId },
        data: { holdExpiresAt: addHours(new Date(), 1), holdWithoutDebitAt: addHours(new Date(), 1) },
      });
    });
    await look(await debit(made, CLEARS));
    expect(await holdEnds(made)).toBe(until);
  });

  it("does not cut short what an announced transfer has", async () => {
    const made = await makeLastHours();
    const paymentId = await debit(made, BOUNCES);
    await look(paymentId);
    const said = valueOf(await announceTransfer(made.patient, made.depositId, new Date()));
    await answerOfBank();
    await look(paymentId);
    expect(await holdEnds(made)).toBe(said.heldUntil?.getTime());
  });

  it("ends like any other when the time is over and nothing came", async () => {
    const made = await makeLastHours();
    await look(await debit(made, CLEARS));
    const past = new Date(Date.now() - 1_000);
    await asPerson(testSystem, (tx) =>
      tx.booking.update({ where: { id: made.bookingId }, data: { holdExpiresAt: past } }),
    );
    await tidyHolds(testSystem, new Date());
    expect((await bookingNow(made)).state).toBe("cancelled");
    expect(await caseNow(made)).toMatchObject({ nextAction: "hold_expired" });
  });
});
