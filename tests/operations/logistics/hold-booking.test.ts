import { connect } from "@/scripts/steps/database.mjs";
import { describe, expect, it } from "vitest";
import type { Patient } from "@/lib/kernel/actor";
import { addDays, dayOf } from "@/lib/kernel/day";
import { freeSlots } from "@/lib/bookings/published";
import { asPerson, openDb } from "@/lib/infra/db";
import { isExclusionViolation } from "@/lib/infra/db-errors";
import { holdBooking } from "@/lib/logistics/hold-booking";
import {
  bookingNow,
  holdForm,
  type Holding,
  lineId,
  makeHold,
  onlyTreatment,
  runOut,
} from "../../support/bookings";
import { makeClinic, makeResource } from "../../support/clinics";
import { line, makeAcceptedCase, makeSentEstimate } from "../../support/estimates";
import { makePatient, testSystem } from "../../support/people";
import { makeAnsweredCase } from "../../support/reviews";
import { newCity, newLanguage, hold, slotNow, liveClaims, part, makeMany } from "../../support/holds";

describe("holding a booking", () => {
  it("keeps the day, the driver and the interpreter and plans the money", async () => {
    const place = newCity();
    const language = newLanguage();
    const accepted = await makeAcceptedCase({ clinicWish: place });
    await makeResource("driver", place);
    await makeResource("interpreter", { ...place, languages: ["de", language] });
    const services = [lineId(accepted, "interpreter"), lineId(accepted, "transfer_return")];

    const held = await makeHold(accepted, { services, language, flight: "LH 631" });

    expect(held).toMatchObject({ state: "held", regime: "LIKELY_NOT_PACKAGE", currency: "EUR" });
    expect(held.transfers.map((ride) => ride.direction)).toEqual(["arrival", "return"]);
    expect(held.interpreters.map((talk) => [talk.purpose, talk.fromLang])).toEqual([
      ["consent_talk", language],
      ["discharge_talk", language],
    ]);
    expect(held.contracts.map((contract) => contract.kind)).toEqual(["A", "B"]);
    expect(held.contracts[1]?.text).toContain("order with obligation to pay");
    expect(held.planItems.reduce((sum, item) => sum + item.amountMinor, 0n)).toBe(3_284_000n);
    // A fifth of 2,840 EUR and a tenth of 30,000 EUR.
    expect(held.planItems[0]).toMatchObject({
      kind: "deposit",
      amountMinor: 356_800n,
      contractAMinor: 300_000n,
    });
    expect((await slotNow(held.slotId)).taken).toBe(1);
    expect(await liveClaims(held.id)).toBe(4);
    const audit = await openDb().auditEvent.findMany({ where: { objectId: held.id } });
    expect(audit.map((row) => row.event)).toEqual(["booking.held"]);
  });

  it("answers what a reader finds afterwards, field by field", async () => {
    const place = newCity();
    const language = newLanguage();
    const kinds = ["transfer_return", "transfer_arrival", "interpreter", "medicine_supply"];
    const lines = [...onlyTreatment, ...kinds.map((kind) => line(kind, 9_000))];
    const accepted = await makeAcceptedCase({ clinicWish: place, lines });
    await makeResource("driver", place);
    await makeResource("interpreter", { ...place, languages: ["de", language] });
    const medicines = [{ inn: "apixaban", strength: "5 mg", quantity: 60, perDay: 2, class: "ordinary" }];
    const held = await makeHold(accepted, { language, medicines, flight: "LH 631" });
    expect(held.shipments).toHaveLength(1);
    expect(held.transfers.every((ride) => ride.resourceId !== null)).toBe(true);
    expect(await bookingNow(held.id)).toEqual(held);
  });

  it("is numbered by the year of the product's clock, and keeps the digits of the millionth", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const owner = await connect(process.env.DATABASE_URL ?? "");
    await owner.query("SELECT setval('booking_number_seq', 1000000)");
    await owner.end();
    const lastYear = new Date("2025-12-31T23:59:00Z");
    const held = await holdBooking(accepted.patient, holdForm(accepted), lastYear);
    expect(held).toMatchObject({ value: { number: "B-2025-1000001" } });
  });

  it("lasts as long as the operator said, by the database's clock", async () => {
    const held = await makeHold(await makeAcceptedCase({ lines: onlyTreatment }));
    const minutes = ((held.holdExpiresAt?.getTime() ?? 0) - Date.now()) / 60_000;
    expect(Math.round(minutes)).toBe(4_320);
  });

  it("is refused to a stranger and to a companion", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const companion = await makePatient("Boris Companion");
    const door = {
      caseId: accepted.caseId,
      personId: companion.personId,
      scopes: ["pay" as const],
      purpose: "companion",
    };
    await openDb().caseAccess.create({ data: door });
    expect(await holdBooking(await makePatient(), holdForm(accepted), new Date())).toMatchObject({
      reason: "not_found",
    });
    expect(await holdBooking(companion, holdForm(accepted), new Date())).toMatchObject({
      reason: "forbidden",
    });
  });

  it("needs an accepted estimate, its own lines, a fitting day and possible travel days", async () => {
    const answered = await makeAnsweredCase();
    const sent = { ...answered, estimate: await makeSentEstimate(answered, onlyTreatment) };
    expect(await hold(sent)).toMatchObject({ reason: "not_accepted" });
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const elsewhere = await makeClinic();
    const other = await makeClinic({ treatment: "tavi-transfemoral" });
    expect(await hold(accepted, { slotId: elsewhere.slots[0]?.id })).toMatchObject({
      reason: "invalid_slot",
    });
    expect(await hold(accepted, { slotId: accepted.estimate.id })).toMatchObject({ reason: "not_found" });
    expect(await hold(accepted, { services: [elsewhere.id] })).toMatchObject({ reason: "invalid_services" });
    const late = addDays(dayOf(new Date()), 90);
    expect(await hold(accepted, { arrivalOn: late })).toMatchObject({ reason: "invalid_arrival" });
    const rides = await makeAcceptedCase({ lines: [...onlyTreatment, line("transfer_arrival", 12_000)] });
    const past = { arrivalOn: addDays(dayOf(new Date()), -1) };
    expect(await hold(rides, past)).toMatchObject({ reason: "invalid_arrival" });
    expect(await hold(accepted, { returnOn: dayOf(new Date()) })).toMatchObject({ reason: "invalid_return" });
    const wrongTreatment = await makeAcceptedCase({ clinic: other, lines: onlyTreatment });
    expect(await hold(wrongTreatment)).toMatchObject({ reason: "invalid_slot" });
  });

  it("never sells a way of medicine supply the country forbids", async () => {
    const lines = [...onlyTreatment, line("medicine_supply", 9_000, { optional: true })];
    const accepted = await makeAcceptedCase({ lines, country: "RU" });
    const services = [lineId(accepted, "medicine_supply")];
    const medicines = [{ inn: "apixaban", strength: "5 mg", quantity: 56, perDay: 2 }];
    const posted = await hold(accepted, { services, medicines, supplyMode: "post" });
    expect(posted).toMatchObject({ reason: "supply_blocked", detail: { why: "post_not_allowed" } });
    expect((await slotNow(accepted.clinic.slots[0]?.id)).taken).toBe(0);
    const carried = await hold(accepted, { services, medicines });
    expect(carried).toMatchObject({
      value: { shipments: [{ state: "cleared", mode: "carry", ruleId: "ru" }] },
    });
  });

  it("is one at a time for each patient, and names the other", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment, clinicWish: { capacity: 3 } });
    const answers = await Promise.all([1, 2, 3].map(() => hold(accepted)));
    const won = answers.flatMap((one) => (one.ok ? [one.value.id] : []));
    const lost = answers.flatMap((one) => (one.ok ? [] : [one]));
    expect(won).toHaveLength(1);
    expect(lost.map((one) => [one.reason, one.detail.bookingId])).toEqual(
      [1, 2].map(() => ["hold_exists", won[0]]),
    );
    expect((await slotNow(accepted.clinic.slots[0]?.id)).taken).toBe(1);
  });
});

describe("what changes between the question and the act of a hold", () => {
  /** Asks for the first day, and changes something while the act waits for the case. */
  async function holdWhile(patient: Patient, accepted: Holding & { caseId: string }, change: string) {
    const url = process.env.DATABASE_URL ?? "";
    const [holder, watcher] = await Promise.all([connect(url), connect(url)]);
    try {
      await holder.query("BEGIN");
      await holder.query("SET LOCAL app.role = 'system'");
      await holder.query('SELECT 1 FROM "Case" WHERE id = $1 FOR NO KEY UPDATE', [accepted.caseId]);
      let isOver = false;
      const asked = holdBooking(patient, holdForm(accepted), new Date()).finally(() => (isOver = true));
      const line = `SELECT count(*)::int AS n FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%hold_booking%'`;
      while (!isOver && (await watcher.query(line)).rows[0]?.n === 0);
      await holder.query(change, [accepted.caseId]);
      await holder.query("COMMIT");
      return await asked;
    } finally {
      await Promise.all([holder.end(), watcher.end()]);
    }
  }
  const answers = (set: string) => `UPDATE "Review" SET ${set} WHERE "caseId" = $1`;

  it("is seen: an answer that forbids travel, or has run out", async () => {
    const unfit = await makeAcceptedCase({ lines: onlyTreatment });
    const travel = answers(`answer = jsonb_set(answer, '{fitToTravel}', '"no"')`);
    expect(await holdWhile(unfit.patient, unfit, travel)).toMatchObject({ reason: "travel_blocked" });
    const old = await makeAcceptedCase({ lines: onlyTreatment });
    const over = answers(`"answerExpiresAt" = now() - interval '1 hour'`);
    expect(await holdWhile(old.patient, old, over)).toMatchObject({ reason: "reconfirm_needed" });
    expect((await slotNow(old.clinic.slots[0]?.id)).taken).toBe(0);
  });

  it("is seen: a clearance to hold the money of the treatment that has ended", async () => {
    const one = await makeAcceptedCase({ lines: onlyTreatment });
    const ends = `UPDATE "Clinic" SET "heldClearanceOn" = now()::date + 2
      WHERE id = (SELECT "clinicId" FROM "Estimate" WHERE "caseId" = $1)`;
    expect(await holdWhile(one.patient, one, ends)).toMatchObject({ reason: "payment_terms_changed" });
  });

  it("is seen: a representative whose rights were taken back, or made smaller", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const friend = await makePatient("Boris Companion");
    const scopes = ["owner" as const, "read" as const];
    const door = { caseId: accepted.caseId, personId: friend.personId, scopes, purpose: "companion" };
    await openDb().caseAccess.create({ data: door });
    const rights = (set: string) =>
      `UPDATE "CaseAccess" SET ${set} WHERE "caseId" = $1 AND purpose = 'companion'`;
    expect(await holdWhile(friend, accepted, rights("scopes = '{read}'"))).toMatchObject({
      reason: "forbidden",
    });
    await openDb().caseAccess.updateMany({ where: { personId: friend.personId }, data: { scopes } });
    expect(await holdWhile(friend, accepted, rights('"revokedAt" = now()'))).toMatchObject({
      reason: "not_found",
    });
    expect((await slotNow(accepted.clinic.slots[0]?.id)).taken).toBe(0);
  });
});

describe("a hold that ran out", () => {
  it("counts as free at once, and gives its place and people to the next", async () => {
    const place = newCity();
    const clinic = await makeClinic(place);
    await makeResource("driver", place);
    const lines = [part("transfer_arrival")];
    const [first, second] = await makeMany(2, clinic, lines);
    if (!first || !second) throw new Error("Two cases were asked for.");
    const held = await makeHold(first);
    expect(await hold(second)).toMatchObject({ reason: "slot_taken" });
    await runOut(held.id);

    expect((await freeSlots(clinic.slug, {}, new Date()))?.[0]).toMatchObject({ capacity: 1, free: 1 });
    const answers = await Promise.all([hold(second), hold(second)]);

    expect(answers.filter((one) => one.ok)).toHaveLength(1);
    const gone = await bookingNow(held.id);
    expect(gone).toMatchObject({ state: "cancelled", cancelCause: "hold_expired" });
    expect(gone.transfers[0]?.state).toBe("cancelled");
    expect(await liveClaims(held.id)).toBe(0);
    expect((await slotNow(held.slotId)).taken).toBe(1);
    expect((await freeSlots(clinic.slug, {}, new Date()))?.[0]).toMatchObject({ free: 0 });
  });

  it("frees a driver who was held for another day's patient", async () => {
    const place = newCity();
    const clinic = await makeClinic(place);
    await makeResource("driver", place);
    const lines = [part("transfer_arrival")];
    const [first, second] = await makeMany(2, clinic, lines);
    if (!first || !second) throw new Error("Two cases were asked for.");
    const arrivalOn = addDays(dayOf(clinic.slots[0]?.on ?? new Date()), -1);
    const held = await makeHold(first, { arrivalOn });
    const other = { slotId: clinic.slots[1]?.id, arrivalOn };
    expect(await hold(second, other)).toMatchObject({ reason: "driver_taken" });
    await runOut(held.id);
    expect(await hold(second, other)).toMatchObject({ ok: true });
    expect((await slotNow(held.slotId)).taken).toBe(0);
  });

  it("lets the same patient hold again", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const held = await makeHold(accepted);
    await runOut(held.id);
    expect(await hold(accepted)).toMatchObject({ ok: true });
  });
});

describe("the calendar of a driver", () => {
  it("refuses an overlap whatever the code does", async () => {
    const driver = await makeResource("driver", newCity());
    const [startsAt, endsAt] = [new Date("2027-05-04T10:00:00Z"), new Date("2027-05-04T13:00:00Z")];
    const claim = { resourceId: driver.id, purpose: "test", state: "booked" as const, startsAt, endsAt };
    await openDb().claim.create({ data: claim });
    await expect(openDb().claim.create({ data: claim })).rejects.toSatisfy(isExclusionViolation);
    const after = { ...claim, startsAt: endsAt, endsAt: new Date("2027-05-04T16:00:00Z") };
    await expect(openDb().claim.create({ data: after })).resolves.toBeTruthy();
  });
});

describe("holding without ever paying", () => {
  it("must wait after twenty holds let go within a day", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    for (let count = 0; count < 20; count += 1) {
      const held = await makeHold(accepted);
      await runOut(held.id);
    }
    expect(await hold(accepted)).toMatchObject({ reason: "too_many" });
  });
});

describe("a case whose treatment nobody has named yet", () => {
  it("may hold any day of the clinic that answered", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    await asPerson(testSystem, (tx) =>
      tx.case.updateMany({ where: { id: accepted.caseId }, data: { treatment: "not-sure" } }),
    );
    expect(await hold(accepted)).toMatchObject({ ok: true });
  });
});
