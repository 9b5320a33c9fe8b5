import { expect, it } from "vitest";
import { cancelBookingForm } from "@/lib/bookings/forms";
import { refundsToHandle } from "@/lib/desk/queries/money";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { proposeRefundForm, refuseRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { refuseRefund } from "@/lib/payments/refuse-refund";
import { makePaid, onlyTreatment } from "../../support/bookings";
import { makeAcceptedCase } from "../../support/estimates";
import { makeCoordinator, makeFinance } from "../../support/people";

it("shows finance the cause, its missing proof, how the sum was counted and whom to ask", async () => {
  const accepted = await makeAcceptedCase({ lines: onlyTreatment });
  const paid = await makePaid(accepted);
  const because = cancelBookingForm.parse({ cause: "visa_refused" });
  expect(await cancelBooking(accepted.patient, paid.id, because, new Date())).toMatchObject({ ok: true });
  const waiting = await refundsToHandle(await makeFinance());
  const [refund] = waiting.filter((one) => one.bookingNumber === paid.number);
  expect(refund).toMatchObject({ cause: "visa_refused", proof: "visa", state: "calculated" });
  expect(refund?.caseNumber).toMatch(/\d/);
  expect(refund?.owner).toBeTruthy();
  const { A, B } = refund?.computed?.contracts ?? {};
  expect((A?.refundMinor ?? 0n) + (B?.refundMinor ?? 0n)).toBe(refund?.amountMinor);
});

it("asks for no proof from a patient who plainly cancels", async () => {
  const accepted = await makeAcceptedCase({ lines: onlyTreatment });
  const paid = await makePaid(accepted);
  const because = cancelBookingForm.parse({ cause: "patient_cancels" });
  await cancelBooking(accepted.patient, paid.id, because, new Date());
  const waiting = await refundsToHandle(await makeFinance());
  expect(waiting.find((one) => one.bookingNumber === paid.number)?.proof).toBeNull();
});

it("is proposed anew after a refusal, counted from the day the booking ended", async () => {
  const accepted = await makeAcceptedCase({ lines: onlyTreatment });
  const paid = await makePaid(accepted);
  const now = new Date();
  await cancelBooking(accepted.patient, paid.id, cancelBookingForm.parse({ cause: "patient_cancels" }), now);
  const finance = await makeFinance();
  const waiting = async () =>
    (await refundsToHandle(finance)).filter((one) => one.bookingNumber === paid.number);
  const [first] = await waiting();
  const no = refuseRefundForm.parse({ reason: "The payer must be named first." });
  expect(await refuseRefund(finance, first?.id ?? "", no, now)).toMatchObject({ ok: true });
  expect(await waiting()).toEqual([]);
  const form = proposeRefundForm.parse({ bookingId: paid.id, cause: "patient_cancels" });
  const lateByThen = new Date(now.getTime() + 25 * 86_400_000);
  expect(await proposeRefund(await makeCoordinator(), form, lateByThen)).toMatchObject({ ok: true });
  const again = await waiting();
  expect(again.map((refund) => refund.amountMinor)).toEqual([first?.amountMinor]);
  expect(await proposeRefund(await makeCoordinator(), form, lateByThen)).toMatchObject({
    reason: "nothing_to_refund",
  });
});
