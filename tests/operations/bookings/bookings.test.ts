import { describe, expect, it } from "vitest";
import { addDays, addHours, dateOf, dayOf } from "@/lib/kernel/day";
import { completeBooking } from "@/lib/bookings/complete-booking";
import { confirmBooking } from "@/lib/bookings/confirm-booking";
import { freeSlots } from "@/lib/bookings/published";
import { bookingFor, bookingsFor } from "@/lib/bookings/queries";
import { refundQuoteFor } from "@/lib/bookings/read-refund-quote";
import { setCapacity } from "@/lib/bookings/set-capacity";
import { signContract } from "@/lib/bookings/sign-contract";
import { bookingView } from "@/lib/bookings/views/booking";
import { asPerson, openDb } from "@/lib/infra/db";
import { isCheckViolation } from "@/lib/infra/db-errors";
import { bookingNow, makeHold, makePaid, makeSigned, onlyTreatment, runOut } from "../../support/bookings";
import { makeClinic } from "../../support/clinics";
import { line, makeAcceptedCase } from "../../support/estimates";
import { makeManager, makePatient, testSystem } from "../../support/people";

const now = new Date();
const accept = () => makeAcceptedCase({ lines: onlyTreatment });
const sign = (
  one: Awaited<ReturnType<typeof accept>>,
  bookingId: string,
  contract: "A" | "B",
  typedName = one.patient.name,
) => signContract(one.patient, bookingId, { contract, typedName }, new Date());
const caseNow = (id: string) => asPerson(testSystem, (tx) => tx.case.findUniqueOrThrow({ where: { id } }));

describe("signing a contract", () => {
  it("keeps name, time and words, and opens the deposit with the second", async () => {
    const accepted = await accept();
    const held = await makeHold(accepted);
    const first = await sign(accepted, held.id, "A");
    expect(first).toMatchObject({
      value: { state: "held", contracts: [{ signedName: "Anna Petrova" }, { signedName: null }] },
    });
    const second = await sign(accepted, held.id, "B");
    expect(second).toMatchObject({ value: { state: "awaiting_deposit" } });
    expect(await caseNow(accepted.caseId)).toMatchObject({ waitingOn: "patient", nextAction: "pay_deposit" });
    const audit = await openDb().auditEvent.findMany({
      where: { objectId: held.id, event: "contract.signed" },
    });
    expect(audit).toHaveLength(2);
  });

  it("changes nothing when done twice, also at once", async () => {
    const accepted = await accept();
    const held = await makeHold(accepted);
    const answers = await Promise.all([1, 2, 3].map(() => sign(accepted, held.id, "A")));
    expect(answers.every((one) => one.ok)).toBe(true);
    const after = await bookingNow(held.id);
    expect(await sign(accepted, held.id, "A", "Somebody Else")).toMatchObject({ ok: true });
    expect((await bookingNow(held.id)).contracts).toEqual(after.contracts);
    const audit = await openDb().auditEvent.count({ where: { objectId: held.id, event: "contract.signed" } });
    expect(audit).toBe(1);
  });

  it("refuses a stranger, half a name and a hold that ran out", async () => {
    const accepted = await accept();
    const held = await makeHold(accepted);
    const form = { contract: "A" as const, typedName: "Anna Petrova" };
    expect(await signContract(await makePatient(), held.id, form, now)).toMatchObject({
      reason: "not_found",
    });
    for (const typed of ["Anna", "John Smith"])
      expect(await sign(accepted, held.id, "A", typed)).toMatchObject({ reason: "invalid_typed_name" });
    await runOut(held.id);
    expect(await sign(accepted, held.id, "A")).toMatchObject({ reason: "hold_expired" });
  });

  it("waits for the insolvency cover when a bed makes it a package", async () => {
    const lines = [...onlyTreatment, line("hotel", 50_000)];
    const accepted = await makeAcceptedCase({ lines });
    const held = await makeHold(accepted);
    expect(held.regime).toBe("PACKAGE");
    const key = "package_insolvency_cover";
    await openDb().setting.deleteMany({ where: { key } });
    expect(await sign(accepted, held.id, "A")).toMatchObject({ reason: "package_terms_missing" });
    const value = { insurer: "Safe AG", number: "P-1", validUntil: addDays(dayOf(now), 100) };
    await openDb().setting.create({ data: { key, value } });
    expect(await sign(accepted, held.id, "A")).toMatchObject({ ok: true });
  });

  it("asks for a fresh answer when the centre's has run out", async () => {
    const accepted = await accept();
    const held = await makeHold(accepted);
    await asPerson(testSystem, (tx) =>
      tx.review.updateMany({
        where: { id: accepted.reviewId },
        data: { answerExpiresAt: addHours(now, -1) },
      }),
    );
    expect(await sign(accepted, held.id, "A")).toMatchObject({ reason: "reconfirm_needed" });
  });

  it("asks for nothing where everything is paid to the hospital", async () => {
    const lines = [line("treatment", 3_000_000, { contract: "A" })];
    const accepted = await makeAcceptedCase({ lines, clinicWish: { contractAMode: "direct" } });
    const signed = await makeSigned(accepted);
    expect(signed).toMatchObject({ state: "awaiting_centre", planItems: [], holdExpiresAt: null });
  });

  it("is final: the database refuses another text or signature", async () => {
    const signed = await makeSigned(await accept());
    const where = { bookingId: signed.id, kind: "B" as const };
    const forge = (data: { text?: string; signedName?: string }) =>
      asPerson(testSystem, (tx) => tx.contract.updateMany({ where, data }));
    await expect(forge({ text: "Pay twice." })).rejects.toSatisfy(isCheckViolation);
    await expect(forge({ signedName: "Mallory" })).rejects.toSatisfy(isCheckViolation);
  });
});

describe("confirming a date", () => {
  it("is the centre's act, countersigns contract A and lets the case be prepared", async () => {
    const accepted = await accept();
    const paid = await makePaid(accepted);
    const manager = await makeManager(accepted.clinic.id);
    const answers = await Promise.all([1, 2].map(() => confirmBooking(manager, paid.id, new Date())));
    expect(answers.map((one) => one.ok || one.reason).toSorted()).toEqual(
      ["illegal_transition", true].toSorted(),
    );
    const confirmed = await bookingNow(paid.id);
    expect(confirmed).toMatchObject({
      state: "confirmed",
      contracts: [{ countersignedName: "Max Manager" }, { countersignedName: null }],
    });
    expect(await caseNow(accepted.caseId)).toMatchObject({ stage: "preparing", waitingOn: "coordinator" });
    const audit = await openDb().auditEvent.findMany({
      where: { objectId: paid.id, event: "booking.confirmed" },
    });
    expect(audit.map((row) => row.actorId)).toEqual([manager.personId]);
  });

  it("waits for the deposit and is not for another centre", async () => {
    const accepted = await accept();
    const signed = await makeSigned(accepted);
    const manager = await makeManager(accepted.clinic.id);
    const stranger = await makeManager((await makeClinic()).id);
    expect(await confirmBooking(manager, signed.id, now)).toMatchObject({ reason: "not_paid" });
    expect(await confirmBooking(stranger, signed.id, now)).toMatchObject({ reason: "not_found" });
  });
});

describe("completing a booking", () => {
  it("waits for the discharge and happens once", async () => {
    const accepted = await accept();
    const paid = await makePaid(accepted);
    await confirmBooking(await makeManager(accepted.clinic.id), paid.id, new Date());
    const complete = () => completeBooking(accepted.owner, paid.id, new Date());
    expect(await complete()).toMatchObject({ reason: "illegal_transition" });
    await asPerson(testSystem, (tx) =>
      tx.case.updateMany({ where: { id: accepted.caseId }, data: { stage: "discharged" } }),
    );
    const answers = await Promise.all([complete(), complete()]);
    expect(answers.map((one) => one.ok || one.reason).toSorted()).toEqual(
      ["illegal_transition", true].toSorted(),
    );
    expect(await bookingNow(paid.id)).toMatchObject({ state: "completed" });
  });
});

describe("reading bookings", () => {
  it("shows a stranger nothing and the centre no part of contract B", async () => {
    const accepted = await accept();
    const held = await makeHold(accepted);
    const manager = await makeManager(accepted.clinic.id);
    expect(await bookingFor(await makePatient(), held.id)).toBeNull();
    expect(await bookingFor(await makeManager((await makeClinic()).id), held.id)).toBeNull();
    expect((await bookingsFor(await makePatient(), { limit: 50 })).items).toEqual([]);
    const helper = await makePatient("Hanna Helper");
    const door = await openDb().caseAccess.create({
      data: {
        ...{ caseId: accepted.caseId, personId: helper.personId, purpose: "companion" },
        scopes: ["upload", "message"],
      },
    });
    expect(await bookingFor(helper, held.id)).toBeNull();
    await openDb().caseAccess.update({ where: { id: door.id }, data: { scopes: ["pay"] } });
    expect(await bookingFor(helper, held.id)).not.toBeNull();
    const mine = await bookingFor(accepted.patient, held.id);
    const theirs = await bookingFor(manager, held.id);
    if (!mine || !theirs) throw new Error("Both may see it.");
    expect(bookingView(mine, "patient", now).services.map((one) => one.kind)).toEqual([
      "treatment",
      "operator_fee",
    ]);
    const shown = bookingView(theirs, "clinic_manager", now);
    expect(shown.services.map((one) => one.kind)).toEqual(["treatment"]);
    expect(shown.contracts.map((one) => one.kind)).toEqual(["A"]);
    expect(shown.plan).toEqual([]);
    expect((await bookingsFor(manager, { limit: 50 })).items.map((one) => one.id)).toEqual([held.id]);
  });

  it("shows a hold past its time as ended before the sweeper comes", async () => {
    const held = await makeHold(await accept());
    const later = addHours(held.holdExpiresAt ?? now, 1);
    expect(bookingView(held, "patient", later)).toMatchObject({
      state: "cancelled",
      cancelCause: "hold_expired",
    });
  });

  it("calculates the refund from what was paid and what was delivered", async () => {
    const accepted = await accept();
    const paid = await makePaid(accepted);
    const on = addDays(dayOf(paid.treatmentOn), -40);
    const found = await refundQuoteFor(accepted.patient, paid.id, "patient_cancels", on, now);
    // Paid 400 EUR of contract B and 3,000 EUR of contract A; the papers' slice of the fee is 500 EUR.
    expect(found?.quote.contracts.A).toMatchObject({ paidMinor: 300_000n, refundMinor: 300_000n });
    expect(found?.quote.contracts.B).toMatchObject({
      paidMinor: 40_000n,
      keptMinor: 50_000n,
      refundMinor: 0n,
      owedMinor: 10_000n,
    });
    const death = await refundQuoteFor(accepted.patient, paid.id, "death", on, now);
    expect(death?.quote.total).toMatchObject({ refundMinor: 340_000n, owedMinor: 0n });
    expect(await refundQuoteFor(await makePatient(), paid.id, "death", on, now)).toBeNull();
  });
});

describe("a centre's capacity", () => {
  it("is set by its manager, all lines or none, and never below what is taken", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment, clinicWish: { capacity: 2 } });
    const { clinic } = accepted;
    const held = await makeHold(accepted);
    const manager = await makeManager(clinic.id);
    const on = dayOf(held.treatmentOn);
    const far = addDays(on, 50);
    const below = [
      { treatment: "teer", on: far, capacity: 4 },
      { treatment: "teer", on, capacity: 0 },
    ];
    expect(await setCapacity(manager, below, now)).toMatchObject({
      reason: "capacity_below_taken",
      detail: { on },
    });
    expect(await openDb().procedureSlot.count({ where: { clinicId: clinic.id, on: dateOf(far) } })).toBe(0);
    const set = await setCapacity(
      manager,
      [
        { treatment: "teer", on, capacity: 1 },
        { treatment: "teer", on: far, capacity: 4 },
      ],
      now,
    );
    expect(set).toMatchObject({
      value: [
        { on, capacity: 1, free: 0 },
        { on: far, capacity: 4, free: 4 },
      ],
    });
    const shown = await freeSlots(clinic.slug, { from: far, treatment: "teer" }, now);
    expect(shown?.map((slot) => [slot.on, slot.free])).toEqual([[far, 4]]);
    const audit = await openDb().auditEvent.findMany({
      where: { objectId: clinic.id, event: "capacity.set" },
    });
    expect(audit).toHaveLength(1);
  });

  it("is for treatments the catalogue knows and days to come", async () => {
    const manager = await makeManager((await makeClinic()).id);
    const day = addDays(dayOf(now), 10);
    expect(await setCapacity(manager, [{ treatment: "magic", on: day, capacity: 1 }], now)).toMatchObject({
      reason: "invalid_treatment",
    });
    expect(
      await setCapacity(manager, [{ treatment: "teer", on: "2020-01-01", capacity: 1 }], now),
    ).toMatchObject({ reason: "invalid_day" });
  });

  it("of an unknown centre is not there", async () => {
    expect(await freeSlots("no-such-clinic", {}, now)).toBeNull();
  });
});
