import { describe, expect, it } from "vitest";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { contractDay } from "@/lib/bookings/contract-words";
import type { BookingFacts } from "@/lib/bookings/queries";
import { asPerson, openDb } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { rescheduleForm } from "@/lib/logistics/forms";
import { rescheduleBooking } from "@/lib/logistics/reschedule-booking";
import { expireHolds } from "@/lib/bookings/expire-holds";
import { bookingNow, makeHold, onlyTreatment, runOut } from "../../support/bookings";
import { makeClinic, makeResource } from "../../support/clinics";
import { line, makeAcceptedCase } from "../../support/estimates";
import { liveClaims, makeMany, newCity, slotNow } from "../../support/holds";
import { claimsOf, dayAt, makeHeld, makeHeldTrip, move, sign, takenOf, toDay } from "../../support/moves";
import { makeCoordinator, makePatient, testSystem } from "../../support/people";
import { makeWaiting, offered } from "../../support/waiting";

const caseNow = (id: string) => asPerson(testSystem, (tx) => tx.case.findUniqueOrThrow({ where: { id } }));
const now = () => new Date();

/** Every day a contract or plan names, put into the words of another day. */
function inWordsOf(text: string, from: BookingFacts, after: BookingFacts): string {
  const spoken = (booking: BookingFacts) => [
    contractDay(dayOf(booking.treatmentOn)),
    ...booking.planItems.map(({ dueOn }) => contractDay(dayOf(dueOn))),
  ];
  const pairs = spoken(from).map((word, at) => [word, spoken(after)[at] ?? ""] as const);
  return pairs
    .reduce((said, [word], at) => said.replaceAll(word, `{${at}}`), text)
    .replaceAll(/\{(\d)\}/g, (_, at: string) => pairs[Number(at)]?.[1] ?? "");
}

describe("moving a hold to another day", () => {
  it("wins day and people anew and lets the old ones go, and stays a hold with its own end", async () => {
    const { accepted, held } = await makeHeldTrip();
    const before = await caseNow(accepted.caseId);
    expect(await move(accepted, held.id, 2, { fromSlotId: held.slotId })).toMatchObject({
      value: { state: "held", slotId: dayAt(accepted, 2), number: held.number },
    });
    const after = await bookingNow(held.id);
    expect(after.holdExpiresAt).toEqual(held.holdExpiresAt);
    expect(dayOf(after.treatmentOn)).toBe(dayOf((await slotNow(after.slotId)).on));
    expect(await slotNow(held.slotId)).toMatchObject({ taken: 0 });
    expect(await slotNow(after.slotId)).toMatchObject({ taken: 1 });
    const claims = await claimsOf(held.id);
    expect(claims).toHaveLength(3);
    const ends = await asPerson(
      testSystem,
      (tx) => tx.$queryRaw<{ same: boolean }[]>`
        SELECT bool_and(c.state = 'held' AND c."holdExpiresAt" = b."holdExpiresAt") AS same FROM "Claim" c
          JOIN "Booking" b ON b.id = c."bookingId" WHERE b.id = ${held.id}::uuid AND c.state <> 'released'`,
    );
    expect(ends).toEqual([{ same: true }]);
    expect([...after.transfers, ...after.interpreters].map((part) => part.claimId).toSorted()).toEqual(
      claims.map((claim) => claim.id).toSorted(),
    );
    expect(after.transfers[0]).toMatchObject({ state: "requested", flight: null });
    const { nextAction, nextDueAt, stage } = await caseNow(accepted.caseId);
    expect({ nextAction, nextDueAt, stage }).toEqual({
      ...{ nextAction: "sign_contracts", nextDueAt: before.nextDueAt, stage: "contracting" },
    });
    expect(after.moves).toMatchObject([
      {
        ...{ fromOn: held.treatmentOn, toOn: after.treatmentOn },
        ...{ movedByRole: "patient", movedByName: accepted.patient.name },
      },
    ]);
    const audit = await openDb().auditEvent.findMany({
      where: { objectId: held.id, event: "booking.rescheduled" },
    });
    expect(audit.map((row) => row.facts)).toEqual([
      { from: dayOf(held.treatmentOn), to: dayOf(after.treatmentOn), cause: "patient_wish" },
    ]);
  });

  it("writes the contracts and due dates anew, different in nothing but days", async () => {
    const { accepted, held } = await makeHeldTrip();
    await move(accepted, held.id, 4);
    const after = await bookingNow(held.id);
    for (const [at, contract] of after.contracts.entries()) {
      const old = held.contracts[at];
      expect(contract.text).toContain(contractDay(dayOf(after.treatmentOn)));
      expect(contract.text).toBe(inWordsOf(old?.text ?? "", held, after));
      expect(contract).toMatchObject({ id: old?.id, textHash: sha256(contract.text), signedAt: null });
      expect(contract.issuedAt.getTime()).toBeGreaterThan(old?.issuedAt.getTime() ?? 0);
    }
    const dues = (kind: string) =>
      after.planItems.filter((item) => item.kind === kind).map((i) => dayOf(i.dueOn));
    expect(new Set(dues("balance"))).toEqual(new Set([addDays(dayOf(after.treatmentOn), -14)]));
    const plain = ({ planItems }: BookingFacts) => planItems.map((item) => ({ ...item, dueOn: null }));
    expect(plain(after)).toEqual(plain(held));
    expect(dues("deposit")).toEqual([dayOf(held.planItems[0]?.dueOn ?? now())]);
  });

  it("goes on to be signed and paid for its new day, and is seen before it is signed", async () => {
    const { accepted, held } = await makeHeld();
    await move(accepted, held.id, 1);
    expect(await sign(accepted, held.id, "A")).toMatchObject({ reason: "day_changed" });
    expect(await sign(accepted, held.id, "A", held.slotId)).toMatchObject({ reason: "day_changed" });
    expect(await sign(accepted, held.id, "A", dayAt(accepted, 1))).toMatchObject({ ok: true });
    expect(await sign(accepted, held.id, "B", dayAt(accepted, 1))).toMatchObject({
      value: { state: "awaiting_deposit" },
    });
  });

  it("may be as near as a day that can be held, and back again, by the patient alone", async () => {
    const { accepted, held } = await makeHeld();
    const near = {
      ...{ id: newId(), clinicId: accepted.clinic.id, treatment: held.slot.treatment, capacity: 1 },
      on: dateOf(addDays(dayOf(now()), 5)),
    };
    await openDb().procedureSlot.create({ data: near });
    const form = rescheduleForm.parse({ slotId: near.id });
    expect(await rescheduleBooking(accepted.patient, held.id, form, now())).toMatchObject({ ok: true });
    expect(await move(accepted, held.id, 0)).toMatchObject({ ok: true });
    expect((await bookingNow(held.id)).contracts.map((one) => one.text)).toEqual(
      held.contracts.map((one) => one.text),
    );
  });

  it("is a coordinator's to do for the patient, and is told so", async () => {
    const { accepted, held } = await makeHeld();
    const coordinator = await makeCoordinator("Clara Coordinator");
    const form = toDay(accepted, 1, { cause: "centre_moves", note: "Asked by telephone" });
    expect(await rescheduleBooking(coordinator, held.id, form, now())).toMatchObject({
      value: { state: "held", moves: [{ movedByRole: "coordinator", movedByName: "Clara Coordinator" }] },
    });
  });
});

describe("what keeps a hold on its day", () => {
  it("is a day that is past, the same, full, of another treatment or centre", async () => {
    const { accepted, held } = await makeHeld();
    const other = await makeAcceptedCase({ lines: onlyTreatment, clinic: accepted.clinic });
    await makeHold(other, { slotId: dayAt(accepted, 1) });
    const slot = (more: { on: Date; treatment: string }) => ({
      ...{ id: newId(), clinicId: accepted.clinic.id, capacity: 1, ...more },
    });
    const past = slot({ on: dateOf(addDays(dayOf(now()), -1)), treatment: held.slot.treatment });
    const dearer = slot({ on: dateOf(addDays(dayOf(now()), 50)), treatment: "tavi" });
    await openDb().procedureSlot.createMany({ data: [past, dearer] });
    const elsewhere = await makeClinic();
    const go = async (slotId: string | undefined) => {
      const answer = await rescheduleBooking(
        accepted.patient,
        held.id,
        rescheduleForm.parse({ slotId }),
        now(),
      );
      return answer.ok ? "moved" : answer.reason;
    };
    expect(await go(past.id)).toBe("invalid_slot");
    expect(await go(held.slotId)).toBe("invalid_slot");
    expect(await go(elsewhere.slots[0]?.id)).toBe("invalid_slot");
    expect(await go(dearer.id)).toBe("price_would_change");
    expect(await go(dayAt(accepted, 1))).toBe("slot_taken");
    expect(await go(newId())).toBe("not_found");
    expect(await bookingNow(held.id)).toEqual(held);
  });

  it("is somebody who is missing on the new day: then nothing moves", async () => {
    const { accepted, held, place } = await makeHeldTrip();
    const [ride] = await openDb().claim.findMany({ where: { bookingId: held.id, purpose: "arrival" } });
    const startsAt = new Date((ride?.startsAt.getTime() ?? 0) + 3 * 86_400_000);
    const leave = {
      id: newId(),
      resourceId: ride?.resourceId ?? "",
      purpose: "leave",
      state: "booked" as const,
    };
    await asPerson(testSystem, (tx) =>
      tx.claim.create({ data: { ...leave, startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000) } }),
    );
    expect(await move(accepted, held.id, 3)).toMatchObject({ reason: "driver_taken" });
    expect(await bookingNow(held.id)).toEqual(held);
    expect(await liveClaims(held.id)).toBe(3);
    expect(await slotNow(dayAt(accepted, 3))).toMatchObject({ taken: 0 });
    await makeResource("driver", place);
    expect(await move(accepted, held.id, 3)).toMatchObject({ ok: true });
  });

  it("is a ride that would have to begin in the past", async () => {
    const place = newCity();
    const accepted = await makeAcceptedCase({
      clinicWish: place,
      lines: [...onlyTreatment, line("transfer_arrival", 9_000)],
    });
    await makeResource("driver", place);
    const on = dayOf(accepted.clinic.slots[0]?.on ?? now());
    const held = await makeHold(accepted, { arrivalOn: addDays(on, -10) });
    const near = {
      ...{ id: newId(), clinicId: accepted.clinic.id, treatment: held.slot.treatment, capacity: 1 },
      on: dateOf(addDays(dayOf(now()), 5)),
    };
    await openDb().procedureSlot.create({ data: near });
    const form = rescheduleForm.parse({ slotId: near.id });
    expect(await rescheduleBooking(accepted.patient, held.id, form, now())).toMatchObject({
      reason: "invalid_arrival",
    });
  });

  it("is a signature, one or both", async () => {
    const { accepted, held } = await makeHeld();
    await sign(accepted, held.id, "B");
    const half = await bookingNow(held.id);
    expect(await move(accepted, held.id, 1)).toMatchObject({ reason: "contract_signed" });
    await sign(accepted, held.id, "A");
    const coordinator = await makeCoordinator();
    expect(await rescheduleBooking(coordinator, held.id, toDay(accepted, 1), now())).toMatchObject({
      reason: "contract_signed",
    });
    expect((await bookingNow(held.id)).contracts[1]).toEqual(half.contracts[1]);
    expect(await takenOf(accepted.clinic.id)).toEqual(
      accepted.clinic.slots.map((slot) => (slot.id === held.slotId ? 1 : 0)),
    );
  });

  it("is its own end, by the database's clock", async () => {
    const { accepted, held } = await makeHeld();
    // The process believes there is time; the database knows better.
    await runOut(held.id);
    const earlier = new Date(now().getTime() - 3_600_000);
    const answer = await rescheduleBooking(accepted.patient, held.id, toDay(accepted, 1), earlier);
    expect(answer).toMatchObject({ reason: "hold_expired" });
    await expireHolds(testSystem, [held.id]);
    expect(await move(accepted, held.id, 1)).toMatchObject({ reason: "hold_expired" });
    expect(new Set(await takenOf(accepted.clinic.id))).toEqual(new Set([0]));
  });

  it("is a day the mover has not seen", async () => {
    const { accepted, held } = await makeHeld();
    expect(await move(accepted, held.id, 1)).toMatchObject({ ok: true });
    expect(await move(accepted, held.id, 2, { fromSlotId: held.slotId })).toMatchObject({
      reason: "day_changed",
    });
    expect((await bookingNow(held.id)).slotId).toBe(dayAt(accepted, 1));
  });

  it("is a centre whose terms are no longer those of the contract", async () => {
    const { accepted, held } = await makeHeld();
    await openDb().clinic.update({
      where: { id: accepted.clinic.id },
      data: { paymentTerms: "Everything in advance." },
    });
    expect(await move(accepted, held.id, 1)).toMatchObject({ reason: "terms_changed" });
    expect(await bookingNow(held.id)).toEqual(held);
  });

  it("is not being its patient, nor who decides for them", async () => {
    const { accepted, held } = await makeHeld();
    const companion = await makePatient("Boris Companion");
    await openDb().caseAccess.create({
      data: { caseId: accepted.caseId, personId: companion.personId, scopes: ["pay"], purpose: "companion" },
    });
    const by = (who: typeof companion) => rescheduleBooking(who, held.id, toDay(accepted, 1), now());
    expect(await by(await makePatient())).toMatchObject({ reason: "not_found" });
    expect(await by(companion)).toMatchObject({ reason: "forbidden" });
    expect(await bookingNow(held.id)).toEqual(held);
  });

  it("is a place that is kept for somebody who waits", async () => {
    const { accepted, held } = await makeHeld();
    const full = dayAt(accepted, 0);
    const [waiter] = await makeMany(1, accepted.clinic);
    if (!waiter) throw new Error("No case was made.");
    await makeWaiting(waiter);
    expect(await move(accepted, held.id, 1)).toMatchObject({ ok: true });
    // The place was given on in the same act, and so it is taken when the hold wants it back.
    expect(await offered(accepted.clinic.id)).toMatchObject([{ caseId: waiter.caseId }]);
    expect(await slotNow(full)).toMatchObject({ taken: 1 });
    expect(await move(accepted, held.id, 0)).toMatchObject({ reason: "slot_taken" });
    expect(await slotNow(full)).toMatchObject({ taken: 1 });
  });
});
