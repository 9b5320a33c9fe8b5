import { describe, expect, it } from "vitest";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { asPerson, openDb } from "@/lib/infra/db";
import { sweepInstalments } from "@/lib/payments/sweep-instalments";
import { makeUnpaidBooking } from "@/tests/support/payments";
import { testSystem } from "@/tests/support/people";

const now = new Date();

/** A date that stands, whose balance is due so many days from now. */
async function confirmed(
  inDays: number,
  more: { stage?: "deceased"; state?: "confirmed" | "cancelled" } = {},
) {
  const made = await makeUnpaidBooking();
  await asPerson(testSystem, async (tx) => {
    const paid = { state: "awaiting_centre" as const, paidAt: now, holdExpiresAt: null };
    await tx.booking.update({ where: { id: made.bookingId }, data: paid });
    await tx.booking.update({
      where: { id: made.bookingId },
      data: { state: "confirmed", confirmedAt: now, confirmedById: made.patient.personId },
    });
    await tx.planItem.update({
      where: { id: made.balanceId },
      data: { state: "planned", dueOn: dateOf(addDays(dayOf(now), inDays)) },
    });
    await tx.planItem.update({ where: { id: made.depositId }, data: { state: "waived" } });
    if (more.stage) await tx.case.update({ where: { id: made.caseId }, data: { stage: more.stage } });
    if (more.state === "cancelled") {
      await tx.booking.update({
        where: { id: made.bookingId },
        data: { state: "cancelled", cancelledAt: now, cancelCause: "patient_cancels" },
      });
    }
  });
  return made;
}

const stateOf = async (id: string) =>
  (await asPerson(testSystem, (tx) => tx.planItem.findUniqueOrThrow({ where: { id } }))).state;
const mailsTo = (to: string, template: string) => openDb().outboxMail.count({ where: { to, template } });
const tasksOf = (caseId: string) =>
  asPerson(testSystem, (tx) => tx.task.count({ where: { caseId, kind: "instalment_overdue" } }));

describe("an instalment", () => {
  it("falls due a week before its day, and is told once though two sweeps meet", async () => {
    const made = await confirmed(7);
    const later = await confirmed(8);
    await Promise.all([sweepInstalments(testSystem, now), sweepInstalments(testSystem, now)]);
    expect(await stateOf(made.balanceId)).toBe("due");
    expect(await stateOf(later.balanceId)).toBe("planned");
    expect(await mailsTo(made.patient.email, "payment_due")).toBe(1);
    expect(await tasksOf(made.caseId)).toBe(0);
  });

  it("is late the day after, with a task for the coordinator, once", async () => {
    const made = await confirmed(0);
    await sweepInstalments(testSystem, now);
    expect(await stateOf(made.balanceId)).toBe("due");
    const tomorrow = new Date(now.getTime() + 86_400_000);
    await sweepInstalments(testSystem, tomorrow);
    await sweepInstalments(testSystem, tomorrow);
    expect(await stateOf(made.balanceId)).toBe("overdue");
    expect(await mailsTo(made.patient.email, "payment_overdue")).toBe(1);
    expect(await tasksOf(made.caseId)).toBe(1);
  });

  it("is asked of nobody once the patient has died or the booking has ended", async () => {
    const died = await confirmed(0, { stage: "deceased" });
    const ended = await confirmed(0, { state: "cancelled" });
    await sweepInstalments(testSystem, now);
    expect(await stateOf(died.balanceId)).toBe("planned");
    expect(await stateOf(ended.balanceId)).toBe("planned");
    expect(await mailsTo(died.patient.email, "payment_due")).toBe(0);
  });
});
