import { describe, expect, it } from "vitest";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import type { Patient } from "@/lib/kernel/actor";
import { readDuePayments } from "@/lib/payments/read-due-payments";
import { sweepInstalments } from "@/lib/payments/sweep-instalments";
import { makeUnpaidBooking } from "@/tests/support/payments";
import { makePatient, testSystem } from "@/tests/support/people";

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

const dueOf = async (payer: Patient, caseId: string, at = now) =>
  (await readDuePayments(payer, [caseId], at)).get(caseId);

describe("what a person is to pay now", () => {
  it("is the sum of what is due within a week, with its day", async () => {
    const made = await confirmed(5);
    expect(await dueOf(made.patient, made.caseId)).toEqual({
      open: { amount: 200_000, currency: "EUR" },
      dueOn: addDays(dayOf(now), 5),
      isLate: false,
      again: null,
    });
    expect(await dueOf(made.patient, made.caseId, new Date(now.getTime() + 6 * 86_400_000))).toMatchObject({
      isLate: true,
    });
    expect(await dueOf(made.patient, made.caseId, new Date(now.getTime() - 3 * 86_400_000))).toBeUndefined();
  });

  it("is nothing for a stranger and a helper who may not pay, and the same for one who may", async () => {
    const made = await confirmed(5);
    const [stranger, reader, payer] = [await makePatient(), await makePatient(), await makePatient()];
    await asPerson(testSystem, async (tx) => {
      const access = { caseId: made.caseId, purpose: "help" };
      await tx.caseAccess.create({ data: { ...access, personId: reader.personId, scopes: ["read"] } });
      await tx.caseAccess.create({ data: { ...access, personId: payer.personId, scopes: ["read", "pay"] } });
    });
    expect(await dueOf(stranger, made.caseId)).toBeUndefined();
    expect(await dueOf(reader, made.caseId)).toBeUndefined();
    expect(await dueOf(payer, made.caseId)).toMatchObject({ open: { amount: 200_000 } });
  });

  it("waits while it was said to come through the bank, and is asked of no family after a death", async () => {
    const said = await confirmed(5);
    await asPerson(testSystem, (tx) =>
      tx.planItem.update({ where: { id: said.balanceId }, data: { transferAnnouncedAt: now } }),
    );
    expect(await dueOf(said.patient, said.caseId)).toBeUndefined();
    const died = await confirmed(5, { stage: "deceased" });
    expect(await dueOf(died.patient, died.caseId)).toBeUndefined();
  });
});

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

  it("is told in one mail with the others of its case and day, of what is late before what comes", async () => {
    const made = await confirmed(7);
    const [late, second] = [newId(), newId()];
    await asPerson(testSystem, async (tx) => {
      const item = { bookingId: made.bookingId, caseId: made.caseId, currency: "EUR", amountMinor: 100n };
      const more = { ...item, kind: "balance", contract: "A" as const };
      const days = { late: addDays(dayOf(now), 6), second: addDays(dayOf(now), 7) };
      await tx.planItem.createMany({
        data: [
          { ...more, id: late, position: 3, dueOn: dateOf(days.late) },
          { ...more, id: second, position: 4, dueOn: dateOf(days.second) },
        ],
      });
    });
    await Promise.all([sweepInstalments(testSystem, now), sweepInstalments(testSystem, now)]);
    expect([await stateOf(late), await stateOf(second), await stateOf(made.balanceId)]).toEqual(
      Array(3).fill("due"),
    );
    expect(await mailsTo(made.patient.email, "payment_due")).toBe(1);

    // Two are late and one comes: one mail, and one task.
    await asPerson(testSystem, (tx) =>
      tx.planItem.update({
        where: { id: second },
        data: { state: "planned", dueOn: dateOf(addDays(dayOf(now), 14)) },
      }),
    );
    const inEightDays = new Date(now.getTime() + 8 * 86_400_000);
    await sweepInstalments(testSystem, inEightDays);
    expect([await stateOf(late), await stateOf(second)]).toEqual(["overdue", "due"]);
    expect(await mailsTo(made.patient.email, "payment_overdue")).toBe(1);
    expect(await mailsTo(made.patient.email, "payment_due")).toBe(1);
    expect(await tasksOf(made.caseId)).toBe(1);
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
