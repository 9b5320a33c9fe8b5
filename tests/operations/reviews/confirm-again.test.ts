import { describe, expect, it } from "vitest";
import type { ClinicReviewer } from "@/lib/kernel/actor";
import { addDays, addHours, dateOf, dayOf } from "@/lib/kernel/day";
import { changeStage } from "@/lib/cases/change-stage";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { waitingFor } from "@/lib/desk/queries/waiting";
import { asPerson } from "@/lib/infra/db";
import { daysToHold } from "@/lib/logistics/queries";
import { confirmAnswer } from "@/lib/reviews/confirm-answer";
import { sweepCases } from "@/lib/reviews/sweep-cases";
import { makePaid, onlyTreatment } from "../../support/bookings";
import { type AcceptedCase, makeAcceptedCase } from "../../support/estimates";
import { valueOf } from "../../support/outcomes";
import { makeReviewer, testSystem } from "../../support/people";

const now = () => new Date();

const endsIn = ({ reviewId }: AcceptedCase, days: number) =>
  asPerson(testSystem, (tx) =>
    tx.review.update({
      where: { id: reviewId },
      data: { answerExpiresAt: dateOf(addDays(dayOf(now()), days)) },
    }),
  );
const tasksOf = ({ caseId }: AcceptedCase) =>
  asPerson(testSystem, (tx) => tx.task.findMany({ where: { caseId }, orderBy: { createdAt: "asc" } }));
const kindsOf = async (one: AcceptedCase) => (await tasksOf(one)).map(({ kind }) => kind);
const done = ({ caseId }: AcceptedCase) =>
  asPerson(testSystem, (tx) =>
    tx.task.updateMany({ where: { caseId }, data: { state: "done", doneAt: now() } }),
  );
const waits = async (reviewer: ClinicReviewer, { reviewId }: AcceptedCase) =>
  (await waitingFor(reviewer, now())).filter(({ id }) => id === reviewId).map(({ kind }) => kind);

/** A paid day in thirty days, whose answer ends so many days before it. */
async function bookedBeyond(daysBefore: number) {
  const one = await makeAcceptedCase({ lines: onlyTreatment });
  const paid = await makePaid(one);
  await endsIn(one, 30 - daysBefore);
  return { one, paid };
}

describe("a day after the end of its answer", () => {
  it("is put before the owner once, and waits for the centre until it is confirmed", async () => {
    const { one } = await bookedBeyond(5);
    const reviewer = await makeReviewer(one.clinic.id);
    expect(await waits(reviewer, one)).toEqual(["confirm"]);
    await sweepCases(now());
    await sweepCases(now());
    expect(await tasksOf(one)).toMatchObject([{ kind: "confirm_day", ownerId: one.owner.personId }]);
    await done(one);
    await sweepCases(now());
    expect(await kindsOf(one)).toEqual(["confirm_day"]);
    valueOf(await confirmAnswer(reviewer, one.reviewId, now()));
    expect(await waits(reviewer, one)).toEqual([]);
  });

  it("is asked for when a confirmation reaches to it, not before", async () => {
    const { one, paid } = await bookedBeyond(5);
    const on = addDays(dayOf(now()), 170);
    await asPerson(testSystem, (tx) =>
      tx.booking.update({ where: { id: paid.id }, data: { treatmentOn: dateOf(on) } }),
    );
    expect(await waits(await makeReviewer(one.clinic.id), one)).toEqual([]);
    await sweepCases(now());
    const [task] = await tasksOf(one);
    expect(task && dayOf(task.dueAt)).toBe(addDays(on, -82));
  });

  it("is asked for anew once the patient is there, who is let in all the same", async () => {
    const { one, paid } = await bookedBeyond(5);
    await sweepCases(now());
    await done(one);
    await asPerson(testSystem, async (tx) => {
      await tx.booking.update({
        where: { id: paid.id },
        data: { state: "confirmed", confirmedAt: now(), confirmedById: one.owner.personId },
      });
      await tx.case.update({ where: { id: one.caseId }, data: { stage: "preparing" } });
    });
    valueOf(await changeStage(one.owner, one.caseId, { to: "on_site" }, addHours(now(), 1)));
    await sweepCases(addHours(now(), 1));
    expect(await kindsOf(one)).toEqual(["confirm_day", "confirm_day"]);
  });

  it("is marked among the days that can be held", async () => {
    const one = await makeAcceptedCase({ lines: onlyTreatment });
    await endsIn(one, 32);
    const offered = { id: one.estimate.id, clinic: one.clinic.slug };
    const { slots } = await daysToHold(one.patient, offered, { from: dayOf(now()) }, now());
    expect(slots.map(({ isAnswered }) => isAnswered)).toEqual([true, true, false, false, false]);
  });

  it("is nobody's matter where the answer holds", async () => {
    const { one } = await bookedBeyond(-1);
    await sweepCases(now());
    expect(await tasksOf(one)).toEqual([]);
    expect(await waits(await makeReviewer(one.clinic.id), one)).toEqual([]);
  });
});

describe("a record that came after the answer", () => {
  it("is put before the owner and the centre, once, and again when another one comes", async () => {
    const one = await makeAcceptedCase({ lines: onlyTreatment });
    const { caseId } = one;
    const reviewer = await makeReviewer(one.clinic.id);
    await sweepCases(now());
    expect(await tasksOf(one)).toEqual([]);
    const comes = () =>
      asPerson(testSystem, (tx) => noteCaseEvent(tx, testSystem, { caseId, kind: "record_accepted" }));
    await comes();
    await sweepCases(now());
    await sweepCases(now());
    expect(await kindsOf(one)).toEqual(["confirm_records"]);
    expect(await waits(reviewer, one)).toEqual(["confirm"]);
    await done(one);
    await sweepCases(now());
    expect(await kindsOf(one)).toEqual(["confirm_records"]);
    await comes();
    await sweepCases(now());
    expect(await kindsOf(one)).toEqual(["confirm_records", "confirm_records"]);
    valueOf(await confirmAnswer(reviewer, one.reviewId, addHours(now(), 1)));
    await done(one);
    await sweepCases(now());
    expect(await waits(reviewer, one)).toEqual([]);
  });

  it("is nothing of another centre", async () => {
    const one = await makeAcceptedCase({ lines: onlyTreatment });
    const { caseId } = one;
    await asPerson(testSystem, (tx) => noteCaseEvent(tx, testSystem, { caseId, kind: "record_accepted" }));
    const other = await makeAcceptedCase({ lines: onlyTreatment });
    expect(await waits(await makeReviewer(other.clinic.id), one)).toEqual([]);
  });
});
