import { describe, expect, it } from "vitest";
import { confirmBooking } from "@/lib/bookings/confirm-booking";
import { judgeLetterForm, letterForm } from "@/lib/bookings/forms";
import { judgeLetter } from "@/lib/bookings/judge-letter";
import { refundQuoteFor } from "@/lib/bookings/read-refund-quote";
import { recordLetter } from "@/lib/bookings/record-letter";
import type { CaseStage } from "@/lib/cases/case";
import { changeStage } from "@/lib/cases/change-stage";
import { takeCase } from "@/lib/cases/take-case";
import { asPerson, openDb } from "@/lib/infra/db";
import { dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { withdrawConsent } from "@/lib/reviews/withdraw-consent";
import { bookingNow, makeHold, makePaid, onlyTreatment } from "../../support/bookings";
import { makeAcceptedCase } from "../../support/estimates";
import { makeCoordinator, makeManager, testSystem } from "../../support/people";

const today = dayOf(new Date());
const caseNow = (id: string) => asPerson(testSystem, (tx) => tx.case.findUniqueOrThrow({ where: { id } }));
const yes = judgeLetterForm.parse({ state: "confirmed" });

/** A patient who lies in the clinic that has confirmed the date. */
async function makeOnSite(stage: CaseStage = "on_site") {
  const accepted = await makeAcceptedCase({ lines: onlyTreatment });
  const paid = await makePaid(accepted);
  const manager = await makeManager(accepted.clinic.id);
  const confirmed = await confirmBooking(manager, paid.id, new Date());
  if (!confirmed.ok) throw new Error(confirmed.reason);
  await asPerson(testSystem, (tx) => tx.case.updateMany({ where: { id: accepted.caseId }, data: { stage } }));
  return { ...accepted, bookingId: paid.id, manager };
}

/** A file as the coordinator uploaded it. */
async function makeLetterFile(caseId: string, state: "readable" | "rejected" = "readable"): Promise<string> {
  const id = newId();
  await asPerson(testSystem, (tx) =>
    tx.record.create({
      data: {
        ...{
          id,
          caseId,
          state,
          filename: "letter.pdf",
          sizeBytes: 10n,
          offsetBytes: 10n,
          chunkBytes: 1_048_576,
          completedAt: new Date(),
          sha256: "0".repeat(64),
        },
        ...(state === "rejected" ? { rejectReason: "unreadable", judgedAt: new Date() } : {}),
      },
    }),
  );
  return id;
}

const entry = (recordId: string, more: object = {}) =>
  letterForm.parse({ to: "treated", recordId, happenedOn: today, ...more });

describe("a treatment that took place", () => {
  it("counts as delivered, and with the discharge the booking is completed, once", async () => {
    const trip = await makeOnSite();
    const before = await refundQuoteFor(trip.owner, trip.bookingId, "not_treatable", today, new Date());
    expect(before?.quote.contracts.A.keptMinor).toBe(0n);

    expect(await changeStage(trip.manager, trip.caseId, { to: "treated" }, new Date())).toMatchObject({
      ok: true,
    });
    const after = await refundQuoteFor(trip.owner, trip.bookingId, "not_treatable", today, new Date());
    expect(after?.quote.contracts.A.keptMinor).toBe(3_000_000n);
    expect((await bookingNow(trip.bookingId)).state).toBe("confirmed");

    await asPerson(testSystem, (tx) =>
      tx.case.updateMany({ where: { id: trip.caseId }, data: { urgent: true } }),
    );
    const discharge = () => changeStage(trip.manager, trip.caseId, { to: "discharged" }, new Date());
    const answers = await Promise.all([discharge(), discharge()]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await bookingNow(trip.bookingId)).toMatchObject({ state: "completed" });
    expect((await caseNow(trip.caseId)).urgent).toBe(false);
    const traces = { objectId: trip.bookingId, event: "booking.completed" };
    expect(await openDb().auditEvent.count({ where: traces })).toBe(1);
  });
});

describe("a centre that may no longer look into the case", () => {
  it("is heard by its letter, read by a second person", async () => {
    const trip = await makeOnSite();
    const consent = await asPerson(testSystem, (tx) =>
      tx.consent.findFirstOrThrow({ where: { caseId: trip.caseId, clinicId: trip.clinic.id } }),
    );
    await withdrawConsent(trip.patient, trip.caseId, consent.id, new Date());
    expect(await changeStage(trip.manager, trip.caseId, { to: "treated" }, new Date())).toMatchObject({
      reason: "not_found",
    });

    const recordId = await makeLetterFile(trip.caseId);
    const entered = await recordLetter(trip.owner, trip.caseId, entry(recordId), new Date());
    const letterId = entered.ok ? entered.value.id : "";
    expect((await caseNow(trip.caseId)).stage).toBe("on_site");
    expect(await judgeLetter(trip.owner, letterId, yes, new Date())).toMatchObject({ reason: "own_work" });
    const second = await makeCoordinator("Berta Second");
    expect(await judgeLetter(second, letterId, yes, new Date())).toMatchObject({ reason: "forbidden" });
    await takeCase(second, trip.caseId, new Date());

    const answers = await Promise.all([1, 2].map(() => judgeLetter(second, letterId, yes, new Date())));

    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect((await caseNow(trip.caseId)).stage).toBe("treated");
    const trace = { caseId: trip.caseId, kind: { in: ["letter_entered", "letter_confirmed"] } };
    expect(await asPerson(testSystem, (tx) => tx.caseEvent.count({ where: trace }))).toBe(2);
    const tasks = { caseId: trip.caseId, kind: "check_letter", state: "open" as const };
    expect(await asPerson(testSystem, (tx) => tx.task.count({ where: tasks }))).toBe(0);
    const delivered = (await bookingNow(trip.bookingId)).services.filter((service) => service.deliveredAt);
    expect(delivered.map((service) => service.kind)).toEqual(["treatment"]);
  });

  it("moves nothing by a letter that was refused, or overtaken by its own word", async () => {
    const trip = await makeOnSite();
    const second = await makeCoordinator("Berta Second");
    const first = await recordLetter(
      trip.owner,
      trip.caseId,
      entry(await makeLetterFile(trip.caseId)),
      new Date(),
    );
    await takeCase(second, trip.caseId, new Date());
    const no = judgeLetterForm.parse({ state: "rejected", reason: "Another patient's letter" });
    expect(await judgeLetter(second, first.ok ? first.value.id : "", no, new Date())).toMatchObject({
      ok: true,
    });
    expect((await caseNow(trip.caseId)).stage).toBe("on_site");

    const again = await recordLetter(
      second,
      trip.caseId,
      entry(await makeLetterFile(trip.caseId)),
      new Date(),
    );
    await changeStage(trip.manager, trip.caseId, { to: "treated" }, new Date());
    await takeCase(trip.owner, trip.caseId, new Date());
    const late = again.ok ? again.value.id : "";
    expect(await judgeLetter(trip.owner, late, yes, new Date())).toMatchObject({
      reason: "illegal_transition",
    });
    expect(await judgeLetter(trip.owner, late, no, new Date())).toMatchObject({ ok: true });
  });
});

describe("entering a letter", () => {
  it("needs the owner, a readable file of the case, the right moment and no other letter waiting", async () => {
    const trip = await makeOnSite();
    const file = await makeLetterFile(trip.caseId);
    const other = await makeOnSite();
    const foreign = await makeLetterFile(other.caseId);
    const enter = (form: object, who = trip.owner) =>
      recordLetter(who, trip.caseId, entry(file, form), new Date());
    expect(await enter({}, await makeCoordinator())).toMatchObject({ reason: "forbidden" });
    expect(await enter({ to: "discharged" })).toMatchObject({ reason: "illegal_transition" });
    expect(await enter({ happenedOn: "2999-01-01" })).toMatchObject({ reason: "invalid_day_ahead" });
    expect(await enter({ recordId: foreign })).toMatchObject({ reason: "invalid_record" });
    const bad = await makeLetterFile(trip.caseId, "rejected");
    expect(await enter({ recordId: bad })).toMatchObject({ reason: "invalid_record" });
    const both = await Promise.all([enter({}), enter({})]);
    expect(both.map((one) => one.ok || one.reason).toSorted()).toEqual(["letter_waiting", true].toSorted());
    expect(await recordLetter(trip.owner, newId(), entry(file), new Date())).toMatchObject({
      reason: "not_found",
    });
  });
});

describe("a case whose hold is gone", () => {
  it("is given back to choosing by its coordinator, never while a date is held", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    await makeHold(accepted);
    const back = () => changeStage(accepted.owner, accepted.caseId, { to: "choosing" }, new Date());
    expect(await back()).toMatchObject({ reason: "booking_live" });
    await asPerson(testSystem, (tx) =>
      tx.booking.updateMany({
        where: { caseId: accepted.caseId },
        data: { state: "cancelled", cancelledAt: new Date(), cancelCause: "hold_expired" },
      }),
    );
    expect(await back()).toMatchObject({ ok: true });
    expect(await caseNow(accepted.caseId)).toMatchObject({ stage: "choosing", waitingOn: "patient" });
  });
});
