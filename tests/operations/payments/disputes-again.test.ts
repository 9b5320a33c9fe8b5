import { describe, expect, it } from "vitest";
import { confirmBooking } from "@/lib/bookings/confirm-booking";
import { withdrawForm } from "@/lib/bookings/forms";
import { refundQuoteFor } from "@/lib/bookings/read-refund-quote";
import { WITHDRAWAL } from "@/lib/bookings/withdrawal";
import { asPerson } from "@/lib/infra/db";
import { withdrawContract } from "@/lib/logistics/withdraw-contract";
import { settlePayment } from "@/lib/payments/settle-payment";
import { refundsNow } from "@/tests/support/bills";
import { makePaid, onlyTreatment } from "@/tests/support/bookings";
import { tasks } from "@/tests/support/changes";
import { line, makeAcceptedCase } from "@/tests/support/estimates";
import { makeFullyPaid, passStage } from "@/tests/support/invoices";
import { makeManager, testSystem } from "@/tests/support/people";
import { tellDispute as tell } from "@/tests/support/refunds";

const now = () => new Date();

const stateOf = async (id: string) =>
  (await asPerson(testSystem, (tx) => tx.payment.findUniqueOrThrow({ where: { id } }))).state;
const paidOf = async (bookingId: string) =>
  (await asPerson(testSystem, (tx) => tx.payment.findFirstOrThrow({ where: { bookingId } }))).id;

describe("a payment asked for again", () => {
  it("is contested again under another name, and late news of the first changes nothing", async () => {
    const { depositPaymentId: id, caseId } = await makeFullyPaid();
    for (const status of ["needs_response", "won", "needs_response"] as const) await tell(id, status);
    expect(await stateOf(id)).toBe("won");
    await Promise.all([
      tell(id, "needs_response", { name: "second" }),
      tell(id, "needs_response", { name: "second" }),
    ]);
    expect(await stateOf(id)).toBe("disputed");
    expect(await tasks(caseId, "payment_disputed")).toBe(1);
    await tell(id, "won");
    expect(await stateOf(id)).toBe("disputed");
    await tell(id, "lost", { name: "second" });
    expect(await stateOf(id)).toBe("lost");
  });

  it("asks somebody to look until it is refused, and after a loss until they have", async () => {
    const { depositPaymentId: id, caseId } = await makeFullyPaid();
    await tell(id, "needs_response");
    expect(await tasks(caseId, "payment_disputed")).toBe(1);
    await tell(id, "won");
    expect(await tasks(caseId, "payment_disputed")).toBe(0);
    for (const status of ["needs_response", "lost"] as const) await tell(id, status, { name: "second" });
    expect(await tasks(caseId, "payment_disputed")).toBe(1);
  });

  it("is free again only when nothing of it is asked for any more", async () => {
    const { depositPaymentId: id } = await makeFullyPaid();
    for (const name of ["first", "second"]) await tell(id, "needs_response", { name });
    await tell(id, "won");
    expect(await stateOf(id)).toBe("disputed");
    await tell(id, "won", { name: "second" });
    expect(await stateOf(id)).toBe("won");
  });
});

describe("money contested when something ended", () => {
  const B = withdrawForm.parse({ contract: "B" });

  it("goes back by the withdrawal that ended the booking, once the dispute is won", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const booking = await makePaid(accepted);
    const id = await paidOf(booking.id);
    await tell(id, "needs_response");
    await withdrawContract(accepted.patient, booking.id, B, now());
    expect(await refundsNow(booking.id)).toEqual([]);
    for (let told = 0; told < 2; told += 1) await tell(id, "won");
    const captured = booking.planItems.reduce((sum, item) => sum + item.paidMinor, 0n);
    // Of contract B 40,000 was paid, less than what the papers have earned.
    expect((await refundsNow(booking.id)).map(({ cause, amountMinor }) => [cause, amountMinor])).toEqual([
      ["withdrawal", captured - 40_000n],
    ]);
  });

  it("of contract B goes back by its withdrawal, though contract A stands", async () => {
    const accepted = await makeAcceptedCase({
      lines: [...onlyTreatment, line("medicine_supply", 1_000_000)],
    });
    const booking = await makePaid(accepted);
    const manager = await makeManager(accepted.clinic.id);
    expect(await confirmBooking(manager, booking.id, now())).toMatchObject({ ok: true });
    const id = await paidOf(booking.id);
    await tell(id, "needs_response");
    await withdrawContract(accepted.patient, booking.id, B, now());
    expect(await refundsNow(booking.id)).toEqual([]);
    for (let told = 0; told < 2; told += 1) await tell(id, "won");
    expect((await refundsNow(booking.id)).map((refund) => refund.cause)).toEqual(["withdrawal"]);
  });

  it("of contract B leaves nothing for what the trip reached after its withdrawal", async () => {
    const accepted = await makeAcceptedCase({
      lines: [...onlyTreatment, line("medicine_supply", 1_000_000)],
    });
    const booking = await makePaid(accepted);
    await confirmBooking(await makeManager(accepted.clinic.id), booking.id, now());
    const id = await paidOf(booking.id);
    const quoted = await refundQuoteFor(accepted.patient, booking.id, WITHDRAWAL, undefined, now());
    const amountMinor = quoted?.quote.total.refundMinor;
    await tell(id, "needs_response");
    await withdrawContract(accepted.patient, booking.id, B, now());
    // The treatment stands: the patient travels for it.
    for (const stage of ["on_site", "discharged"] as const) await passStage(accepted.caseId, stage);
    await tell(id, "won");
    expect(await refundsNow(booking.id)).toMatchObject([{ cause: "withdrawal", amountMinor }]);
  });

  it("for a day that was given away is taken up by whoever books dates", async () => {
    const { bookingId, depositPaymentId: id } = await makeFullyPaid();
    await asPerson(testSystem, (tx) =>
      tx.booking.updateMany({
        where: { id: bookingId },
        data: { state: "cancelled", cancelledAt: now(), cancelCause: "hold_expired", paidAt: null },
      }),
    );
    await tell(id, "needs_response");
    expect(await settlePayment(testSystem, id, now())).toMatchObject({ value: { follow: null } });
    await tell(id, "won");
    expect(await settlePayment(testSystem, id, now())).toMatchObject({ value: { follow: "reclaim" } });
  });
});
