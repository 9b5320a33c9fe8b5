import { describe, expect, it } from "vitest";
import { confirmBooking } from "@/lib/bookings/confirm-booking";
import { cancelBookingForm, withdrawForm } from "@/lib/bookings/forms";
import { refundQuoteFor } from "@/lib/bookings/read-refund-quote";
import { asPerson, openDb } from "@/lib/infra/db";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { rescheduleForm } from "@/lib/logistics/forms";
import { rescheduleBooking } from "@/lib/logistics/reschedule-booking";
import { withdrawContract } from "@/lib/logistics/withdraw-contract";
import { bookingNow, makeHold, makePaid, makeSigned, onlyTreatment } from "../../support/bookings";
import { makeResource } from "../../support/clinics";
import { line, makeAcceptedCase } from "../../support/estimates";
import { makeCoordinator, makeManager, makePatient, testSystem } from "../../support/people";

const now = new Date();
const form = withdrawForm.parse({ contract: "B" });
const DAY_MS = 86_400_000;
const refundsOf = (bookingId: string) =>
  asPerson(testSystem, (tx) => tx.refund.findMany({ where: { bookingId } }));
const eventsOf = (caseId: string) =>
  asPerson(testSystem, (tx) => tx.auditEvent.findMany({ where: { caseId, event: "contract.withdrawn" } }));

async function makeNearDay(clinicId: string): Promise<string> {
  const on = dateOf(addDays(dayOf(now), 10));
  const slot = await openDb().procedureSlot.create({
    data: { clinicId, treatment: "teer", capacity: 1, on },
  });
  return slot.id;
}

let towns = 0;
async function makeConfirmed() {
  towns += 1;
  const place = { city: `Withdrawn ${process.pid} ${Date.now()} ${towns}`, country: "DE" };
  const accepted = await makeAcceptedCase({
    clinicWish: place,
    lines: [...onlyTreatment, line("transfer_arrival", 12_000)],
  });
  await makeResource("driver", place);
  const paid = await makePaid(accepted);
  const manager = await makeManager(accepted.clinic.id);
  const confirmed = await confirmBooking(manager, paid.id, now);
  if (!confirmed.ok) throw new Error(confirmed.reason);
  return { accepted, booking: confirmed.value };
}

describe("withdrawing from contract B", () => {
  it("ends the booking while the centre has not countersigned, and all but the papers' slice comes back", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const paid = await makePaid(accepted);
    const captured = paid.planItems.reduce((sum, item) => sum + item.paidMinor, 0n);
    const quoted = await refundQuoteFor(accepted.patient, paid.id, "withdrawal", undefined, now);
    expect(await withdrawContract(accepted.patient, paid.id, form, now)).toMatchObject({ ok: true });
    const ended = await bookingNow(paid.id);
    expect(ended).toMatchObject({ state: "cancelled", cancelCause: "withdrawal" });
    const refunds = await refundsOf(paid.id);
    // Contract B is the fee of 200,000: a fifth was paid, and a quarter of the fee is earned with the papers.
    expect(quoted?.quote.contracts.B).toMatchObject({ keptMinor: 50_000n, paidMinor: 40_000n });
    expect(refunds.map((refund) => [refund.cause, refund.state])).toEqual([["withdrawal", "calculated"]]);
    expect(refunds[0]?.amountMinor).toBe(captured - 40_000n);
  });

  it("is confirmed by a mail that names the booking and the moment it came", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const paid = await makePaid(accepted);
    const at = new Date("2026-11-22T14:05:00Z");
    expect(await withdrawContract(accepted.patient, paid.id, form, at)).toMatchObject({ ok: true });
    const { email } = await openDb().person.findUniqueOrThrow({ where: { id: accepted.patient.personId } });
    const mails = await openDb().outboxMail.findMany({
      where: { to: email ?? "", template: "withdrawal_received" },
    });
    expect(mails).toHaveLength(1);
    for (const part of [paid.number, "November 22, 2026", "02:05 PM UTC"]) {
      expect(mails[0]?.text).toContain(part);
      expect(mails[0]?.html).toContain(part);
    }
  });

  it("leaves the day at the centre once it countersigned, and ends the services with their instalment", async () => {
    const { accepted, booking } = await makeConfirmed();
    expect(await withdrawContract(accepted.patient, booking.id, form, now)).toMatchObject({ ok: true });
    const after = await bookingNow(booking.id);
    expect(after).toMatchObject({ state: "confirmed", transfers: [{ state: "cancelled" }] });
    expect(after.planItems.map(({ kind, contract, state }) => [kind, contract, state])).toEqual([
      ["deposit", "B", "paid"],
      ["balance", "B", "cancelled"],
      ["balance", "A", "planned"],
    ]);
    expect(await openDb().claim.count({ where: { bookingId: booking.id, state: "booked" } })).toBe(0);
    const tasks = await asPerson(testSystem, (tx) =>
      tx.task.findMany({ where: { caseId: booking.caseId, kind: "contract_withdrawn" } }),
    );
    expect(tasks.map((task) => task.title)).toEqual([booking.number]);
  });

  it("leaves the treatment contract standing while the centre confirms another day, with its bands", async () => {
    const { accepted, booking } = await makeConfirmed();
    const slotId = await makeNearDay(accepted.clinic.id);
    const wish = rescheduleForm.parse({ slotId });
    expect(await rescheduleBooking(await makeCoordinator(), booking.id, wish, now)).toMatchObject({
      value: { state: "awaiting_centre" },
    });
    expect(await withdrawContract(accepted.patient, booking.id, form, now)).toMatchObject({ ok: true });
    const after = await bookingNow(booking.id);
    expect(after).toMatchObject({ state: "awaiting_centre", transfers: [{ state: "cancelled" }] });
    const quoted = await refundQuoteFor(accepted.patient, booking.id, "patient_cancels", undefined, now);
    // Ten days before the day the centre keeps a quarter of its 30,000 EUR, of which 3,000 EUR are paid.
    expect(quoted?.quote.contracts).toMatchObject({
      A: { keptMinor: 750_000n, paidMinor: 300_000n },
      B: { paidMinor: 0n },
    });
  });

  it("settles B alone: what ends later is only contract A", async () => {
    const { accepted, booking } = await makeConfirmed();
    await withdrawContract(accepted.patient, booking.id, form, now);
    const before = await refundsOf(booking.id);
    const because = cancelBookingForm.parse({ cause: "visa_refused" });
    expect(await cancelBooking(accepted.patient, booking.id, because, now)).toMatchObject({ ok: true });
    const later = (await refundsOf(booking.id)).filter((one) => !before.some(({ id }) => id === one.id));
    const deposit = booking.planItems[0];
    // Of the deposit the prepayment of contract A comes back now, and nothing of B a second time.
    expect(later.map((refund) => refund.amountMinor)).toEqual([deposit?.contractAMinor]);
  });

  it("changes nothing the second time, and happens once when asked twice at once", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const signed = await makeSigned(accepted);
    const answers = await Promise.all(
      [1, 2].map(() => withdrawContract(accepted.patient, signed.id, form, now)),
    );
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(await eventsOf(signed.caseId)).toHaveLength(1);
    const mails = await openDb().outboxMail.count({
      where: { template: "withdrawal_received", html: { contains: signed.caseId } },
    });
    expect(mails).toBe(1);
  });

  it("is possible until the end of the fourteenth day", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const signed = await makeSigned(accepted);
    const late = new Date(`${dayOf(new Date(now.getTime() + 15 * DAY_MS))}T00:00:01Z`);
    expect(await withdrawContract(accepted.patient, signed.id, form, late)).toMatchObject({
      reason: "withdrawal_over",
    });
    const last = new Date(late.getTime() - 2_000);
    expect(await withdrawContract(accepted.patient, signed.id, form, last)).toMatchObject({ ok: true });
  });

  it("is refused before the signature and found by no stranger", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const held = await makeHold(accepted);
    expect(await withdrawContract(accepted.patient, held.id, form, now)).toMatchObject({
      reason: "illegal_transition",
    });
    expect(await withdrawContract(await makePatient(), held.id, form, now)).toMatchObject({
      reason: "not_found",
    });
  });
});
