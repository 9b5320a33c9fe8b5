import { describe, expect, it } from "vitest";
import { asPerson } from "@/lib/infra/db";
import { cancelBookingForm } from "@/lib/bookings/forms";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { createTransfer } from "@/lib/logistics/create-transfer";
import { createTransferForm } from "@/lib/logistics/forms";
import { bankTransferForm, proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { recordPayment } from "@/lib/payments/record-payment";
import { settlePayment } from "@/lib/payments/settle-payment";
import { startCheckout } from "@/lib/payments/start-checkout";
import { connect } from "@/scripts/steps/database.mjs";
import { makeFullyPaid } from "@/tests/support/invoices";
import { ledgerSums, makeUnpaidBooking } from "@/tests/support/payments";
import { makeFinance, testSystem } from "@/tests/support/people";

type Made = Awaited<ReturnType<typeof makeUnpaidBooking>>;
import { tellDispute } from "@/tests/support/refunds";
import { withProvider } from "@/tests/support/with-provider";

const provider = withProvider();

const transferOf = (made: Made) =>
  bankTransferForm.parse({
    planItemId: made.depositId,
    amount: Number(made.depositMinor),
    currency: made.currency,
    receivedOn: new Date().toISOString().slice(0, 10),
  });

const bookingNow = (id: string) =>
  asPerson(testSystem, (tx) => tx.booking.findUniqueOrThrow({ where: { id } }));

async function openCheckout(made: Made): Promise<{ paymentId: string; url: string }> {
  const checkout = await startCheckout(made.patient, made.depositId, new Date());
  if (!checkout.ok) throw new Error(checkout.reason);
  return checkout.value;
}

/** Whether somebody who waits for the case has left the booking free, as the order of locks says. */
async function leavesBookingFree(made: Made, act: () => Promise<unknown>): Promise<boolean> {
  const holder = await connect(process.env.DATABASE_URL ?? "");
  try {
    await holder.query("BEGIN");
    await holder.query("SET LOCAL app.role = 'system'");
    await holder.query('SELECT 1 FROM "Case" WHERE id = $1 FOR NO KEY UPDATE', [made.caseId]);
    const acting = act();
    const waiting =
      "SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))";
    let ended = false;
    void acting.finally(() => (ended = true));
    while (!ended && (await holder.query(waiting)).rows[0]?.n === 0);
    if (ended) throw new Error("It did not wait for the case.");
    const taken = await holder
      .query('SELECT 1 FROM "Booking" WHERE id = $1 FOR NO KEY UPDATE NOWAIT', [made.bookingId])
      .then(
        () => true,
        () => false,
      );
    await holder.query("ROLLBACK");
    await acting;
    return taken;
  } finally {
    await holder.end();
  }
}

describe("whoever takes a booking takes its case first", () => {
  it("paying by card", async () => {
    const made = await makeUnpaidBooking();
    expect(await leavesBookingFree(made, () => openCheckout(made))).toBe(true);
  });

  it("recording money", async () => {
    const made = await makeUnpaidBooking();
    const { paymentId } = await openCheckout(made);
    const record = () =>
      asPerson(testSystem, (tx) => recordPayment(tx, testSystem, paymentId, {}, new Date()));
    expect(await leavesBookingFree(made, record)).toBe(true);
  });

  it("matching a bank transfer", async () => {
    const made = await makeUnpaidBooking();
    const finance = await makeFinance();
    const match = () => recordBankTransfer(finance, transferOf(made), new Date());
    expect(await leavesBookingFree(made, match)).toBe(true);
  });

  it("proposing a refund", async () => {
    const made = await makeUnpaidBooking();
    const form = proposeRefundForm.parse({ bookingId: made.bookingId, cause: "patient_cancels" });
    expect(await leavesBookingFree(made, () => proposeRefund(made.owner, form, new Date()))).toBe(true);
  });

  it("losing a payment to the payer's bank: nobody proposes a refund of it between what it reads and what it books", async () => {
    const { depositPaymentId, ...made } = await makeFullyPaid();
    expect(await leavesBookingFree(made, () => tellDispute(depositPaymentId, "lost"))).toBe(true);
  });

  it("asking for a ride", async () => {
    const made = await makeUnpaidBooking();
    const form = createTransferForm.parse({
      bookingId: made.bookingId,
      direction: "arrival",
      pickupPlace: "Airport",
      dropPlace: "Clinic",
      pickupAt: new Date(Date.now() + 86_400_000).toISOString(),
    });
    expect(await leavesBookingFree(made, () => createTransfer(made.owner, form))).toBe(true);
  });
});

describe("a deposit paid by card and by bank while the patient cancels", () => {
  it("ends in one state with every cent explained, all at once and many times", async () => {
    const finance = await makeFinance();
    const trips = await Promise.all(Array.from({ length: 8 }, () => makeUnpaidBooking()));
    await Promise.all(
      trips.map(async (made, index) => {
        const { paymentId, url } = await openCheckout(made);
        if (index % 2 === 0) await provider().pay(url);
        await Promise.all([
          settlePayment(testSystem, paymentId, new Date()),
          recordBankTransfer(finance, transferOf(made), new Date()),
          cancelBooking(
            made.patient,
            made.bookingId,
            cancelBookingForm.parse({ cause: "patient" }),
            new Date(),
          ),
          settlePayment(testSystem, paymentId, new Date()),
        ]);
      }),
    );
    for (const made of trips) {
      const paid = await asPerson(testSystem, (tx) =>
        tx.payment.count({
          where: { bookingId: made.bookingId, isSurplus: false, succeededAt: { not: null } },
        }),
      );
      expect(paid).toBeLessThanOrEqual(1);
      expect((await bookingNow(made.bookingId)).state).toBe("cancelled");
    }
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
  });
});
