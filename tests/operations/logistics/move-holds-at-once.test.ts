import { describe, expect, it } from "vitest";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { contractDay } from "@/lib/bookings/contract-words";
import { cancelBookingForm } from "@/lib/bookings/forms";
import type { BookingFacts } from "@/lib/bookings/queries";
import { asPerson } from "@/lib/infra/db";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { rescheduleForm } from "@/lib/logistics/forms";
import { rescheduleBooking } from "@/lib/logistics/reschedule-booking";
import { expireHolds } from "@/lib/bookings/expire-holds";
import { recordPayment } from "@/lib/payments/record-payment";
import { bookingNow, makeHold, makePaid, makeSigned, onlyTreatment } from "../../support/bookings";
import { makeClinic } from "../../support/clinics";
import { makeAcceptedCase } from "../../support/estimates";
import { liveClaims } from "../../support/holds";
import { dayAt, makeHeld, makeHeldTrip, move, sign, takenOf } from "../../support/moves";
import { makePatient, testSystem } from "../../support/people";
import { inLine } from "../../support/row-line";

const now = () => new Date();
type Answer = Awaited<ReturnType<typeof move>> | Awaited<ReturnType<typeof sign>>;

describe("a hold that is moved while something else happens", () => {
  it("moves once, however often it is asked for at once", async () => {
    const { accepted, held } = await makeHeldTrip();
    const answers = await Promise.all([1, 2, 3, 4].map(() => move(accepted, held.id, 2)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const twoDays = await Promise.all(
      [3, 4].map((day) => move(accepted, held.id, day, { fromSlotId: dayAt(accepted, 2) })),
    );
    expect(twoDays.filter((answer) => answer.ok)).toHaveLength(1);
    expect((await bookingNow(held.id)).moves).toHaveLength(2);
    expect((await takenOf(accepted.clinic.id)).reduce((sum, taken) => sum + taken, 0)).toBe(1);
    expect(await liveClaims(held.id)).toBe(3);
  });

  it("wins the last place alone, beside new holds and paid bookings, and crosses without a deadlock", async () => {
    const clinic = await makeClinic({ days: 8 });
    const held = await Promise.all([0, 1, 2].map((day) => makeHeld(clinic, day)));
    const payer = await makeAcceptedCase({ lines: onlyTreatment, clinic });
    const paid = await makePaid(payer, { slotId: dayAt(payer, 3) });
    const fresh = await makeAcceptedCase({ lines: onlyTreatment, clinic });
    const racing = await Promise.all([
      ...held.map((one) => move(one.accepted, one.held.id, 6)),
      move(payer, paid.id, 6),
      makeHold(fresh, { slotId: clinic.slots[6]?.id }).then(
        () => ({ ok: true as const }),
        () => ({ ok: false as const, reason: "slot_taken" }),
      ),
    ]);
    expect(racing.map((answer) => (answer.ok ? "won" : answer.reason)).toSorted()).toEqual([
      ...["slot_taken", "slot_taken", "slot_taken", "slot_taken", "won"],
    ]);
    const stay = held.filter((_, at) => !racing[at]?.ok);
    const days = await Promise.all(stay.map(async (one) => (await bookingNow(one.held.id)).slotId));
    for (let round = 0; round < 4; round += 1) {
      const crossing = await Promise.all(
        stay.map((one, at) =>
          rescheduleBooking(
            one.accepted.patient,
            one.held.id,
            rescheduleForm.parse({ slotId: days[(at + 1) % days.length] }),
            now(),
          ),
        ),
      );
      for (const answer of crossing)
        expect(answer.ok || ["slot_taken", "invalid_slot"].includes(answer.reason)).toBe(true);
    }
    expect((await takenOf(clinic.id)).reduce((sum, taken) => sum + taken, 0)).toBeLessThanOrEqual(5);
    expect(Math.max(...(await takenOf(clinic.id)))).toBe(1);
  });

  it("is ended on the day it stands on, never on both: its end and its move at once", async () => {
    const clinic = await makeClinic({ days: 8 });
    for (let round = 0; round < 8; round += 1) {
      const { accepted, held } = await makeHeld(clinic, round % 2);
      await asPerson(
        testSystem,
        (tx) => tx.$executeRaw`UPDATE "Booking" SET "holdExpiresAt" = now() + interval '30 milliseconds'
          WHERE id = ${held.id}::uuid`,
      );
      const until = expiry(held.id);
      const [moved] = await Promise.all([move(accepted, held.id, 4 + (round % 2)), until]);
      expect(moved.ok || moved.reason === "hold_expired").toBe(true);
      expect((await bookingNow(held.id)).state).toBe("cancelled");
      expect(new Set(await takenOf(clinic.id))).toEqual(new Set([0]));
    }
  });

  it("is either signed for the day that was seen or moved, whichever comes first", async () => {
    for (const isMoveFirst of [true, false]) {
      const { accepted, held } = await makeHeld();
      const moves = () => move(accepted, held.id, 1);
      const signs = () => sign(accepted, held.id, "A", held.slotId);
      const [first, second] = await inLine<Answer, Answer>(
        accepted.caseId,
        isMoveFirst ? moves : signs,
        isMoveFirst ? signs : moves,
        "Case",
      );
      expect(first).toMatchObject({ ok: true });
      expect(second).toMatchObject({ reason: isMoveFirst ? "day_changed" : "contract_signed" });
      const after = await bookingNow(held.id);
      expect(after.contracts[0]?.text).toContain(contractDay(dayOf(after.treatmentOn)));
      expect(after.contracts[0]?.signedAt === null).toBe(isMoveFirst);
    }
  });

  it("stays where its money comes for it, and moves then", async () => {
    const clinic = await makeClinic({ days: 8 });
    for (let round = 0; round < 4; round += 1) {
      const accepted = await makeAcceptedCase({ lines: onlyTreatment, clinic });
      const signed = await makeSigned(accepted, { slotId: dayAt(accepted, round) });
      const paymentId = await makeOpenPayment(signed);
      const [told, moved] = await Promise.all([
        asPerson(testSystem, (tx) => recordPayment(tx, testSystem, paymentId, {}, now())),
        move(accepted, signed.id, 4 + round),
      ]);
      expect(told).toBe("recorded");
      expect(moved.ok || moved.reason === "contract_signed").toBe(true);
      const after = await bookingNow(signed.id);
      expect(after).toMatchObject({ state: "awaiting_centre", planItems: [{ state: "paid" }, {}, {}] });
      expect(after.slotId).toBe(dayAt(accepted, moved.ok ? 4 + round : round));
      expect(after.contracts.map(({ text }) => text)).toEqual(signed.contracts.map(({ text }) => text));
      expect((await takenOf(clinic.id)).reduce((sum, taken) => sum + taken, 0)).toBe(round + 1);
    }
  });

  it("gives back one place when it is cancelled behind its move", async () => {
    const { accepted, held } = await makeHeld();
    const cause = cancelBookingForm.parse({ cause: "patient_cancels" });
    const [moved, ended] = await inLine(
      accepted.caseId,
      () => move(accepted, held.id, 1),
      () => cancelBooking(accepted.patient, held.id, cause, now()),
      "Case",
    );
    expect([moved.ok, ended.ok]).toEqual([true, true]);
    expect(new Set(await takenOf(accepted.clinic.id))).toEqual(new Set([0]));
  });
});

/** A page somebody has open to pay the deposit. */
async function makeOpenPayment({ id: bookingId, caseId, patientId, planItems: [deposit] }: BookingFacts) {
  if (!deposit) throw new Error("There is no deposit in this plan.");
  const { id: planItemId, amountMinor, currency } = deposit;
  const id = newId();
  await asPerson(testSystem, (tx) =>
    tx.payment.create({
      data: {
        ...{ id, planItemId, bookingId, caseId, payerId: patientId, amountMinor, currency },
        ...{ method: "card", state: "requires_action", idempotencyKey: id, sessionId: `cs_${id}` },
      },
    }),
  );
  return id;
}

/** Ends this hold as soon as its time is over, as the minute's job does. */
async function expiry(id: string): Promise<void> {
  while ((await expireHolds(testSystem, [id])) === 0);
}

describe("a contract's text", () => {
  it("changes by no other way than the move of a hold nobody has signed", async () => {
    const { accepted, held } = await makeHeld();
    const write = (data: { text: string; textHash: string; issuedAt?: Date }) =>
      asPerson(testSystem, (tx) =>
        tx.contract.updateMany({ where: { bookingId: held.id, kind: "A" }, data }),
      );
    const other = { text: "Another text.", textHash: "another" };
    await expect(write(other)).rejects.toThrow(/never change/);
    await move(accepted, held.id, 1);
    const [moved] = (await bookingNow(held.id)).moves;
    await expect(write(other)).resolves.toMatchObject({ count: 1 });
    await expect(write({ ...other, text: "A third.", issuedAt: now() })).rejects.toThrow(/never change/);
    expect(moved?.movedAt).toEqual((await bookingNow(held.id)).contracts[0]?.issuedAt);
    const signed = await makeSigned(await makeAcceptedCase({ lines: onlyTreatment }));
    await expect(
      asPerson(testSystem, (tx) => tx.contract.updateMany({ where: { bookingId: signed.id }, data: other })),
    ).rejects.toThrow(/never change/);
  });

  it("goes with a trace of the move nobody can write or change but the move itself", async () => {
    const { accepted, held } = await makeHeld();
    await move(accepted, held.id, 1);
    const row = {
      ...{ id: newId(), bookingId: held.id, caseId: held.caseId, cause: "patient_wish", movedAt: now() },
      ...{ movedById: accepted.patient.personId, movedByRole: "patient", movedByName: "x" },
      ...{ fromOn: held.treatmentOn, toOn: dateOf(addDays(dayOf(held.treatmentOn), 9)) },
    };
    await expect(asPerson(accepted.patient, (tx) => tx.bookingMove.create({ data: row }))).rejects.toThrow(
      /row-level security/,
    );
    await expect(
      asPerson(testSystem, (tx) => tx.bookingMove.updateMany({ data: { movedByName: "y" } })),
    ).rejects.toThrow(/permission denied/);
    const stranger = await makePatient();
    expect(await asPerson(stranger, (tx) => tx.bookingMove.count({ where: { bookingId: held.id } }))).toBe(0);
    expect(
      await asPerson(accepted.patient, (tx) => tx.bookingMove.count({ where: { bookingId: held.id } })),
    ).toBe(1);
  });
});
