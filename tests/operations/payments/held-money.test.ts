import { expect, it } from "vitest";
import type { Actor } from "@/lib/kernel/actor";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { asPerson } from "@/lib/infra/db";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { sweepHeldMoney } from "@/lib/payments/sweep-held-money";
import { makeFullyPaid } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeUnpaidBooking } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, makePatient, testSystem } from "@/tests/support/people";

const now = () => new Date();
const daysOn = (days: number) => dateOf(addDays(dayOf(now()), days));

async function endCase(caseId: string, stage: "deceased" | "transferred", daysAgo: number): Promise<void> {
  await asPerson(testSystem, async (tx) => {
    await tx.case.update({ where: { id: caseId }, data: { stage } });
    await tx.caseEvent.create({
      data: {
        ...{ id: newId(), caseId, kind: "stage", toStage: stage, actorRole: "system" },
        at: daysOn(-daysAgo),
      },
    });
  });
}

const asked = (actor: Actor, caseId: string) =>
  asPerson(actor, (tx) => tx.task.findMany({ where: { caseId, kind: "money_held" } }));
const sweep = (at = now()) => sweepHeldMoney(testSystem, at);

it.each(["deceased", "transferred"] as const)(
  "asks finance about money nobody has billed four weeks after a patient was %s, once",
  async (stage) => {
    const { caseId } = await makeFullyPaid();
    await sweep();
    expect(await asked(testSystem, caseId)).toEqual([]);
    await endCase(caseId, stage, 20);
    await sweep();
    expect(await asked(testSystem, caseId)).toEqual([]);
    await Promise.all([1, 2].map(() => sweep(daysOn(9))));
    await sweep(daysOn(10));
    expect(await asked(await makeFinance(), caseId)).toHaveLength(1);
    expect(await asked(await makePatient(), caseId)).toEqual([]);
  },
);

it("asks finance about what is still held four weeks after a booking was cancelled, and not before", async () => {
  const { caseId, bookingId } = await makeFullyPaid();
  const cancelledAt = daysOn(-20);
  await asPerson(testSystem, (tx) =>
    tx.booking.update({
      where: { id: bookingId },
      data: { state: "cancelled", cancelCause: "patient_cancels", cancelledAt },
    }),
  );
  await sweep();
  expect(await asked(testSystem, caseId)).toEqual([]);
  await Promise.all([1, 2].map(() => sweep(daysOn(9))));
  expect(await asked(await makeFinance(), caseId)).toHaveLength(1);
});

it("asks again only once four weeks have passed since somebody looked", async () => {
  const { caseId } = await makeFullyPaid();
  await endCase(caseId, "deceased", 40);
  await sweep();
  await asPerson(testSystem, (tx) =>
    tx.task.updateMany({ where: { caseId, kind: "money_held" }, data: { state: "done", doneAt: now() } }),
  );
  await sweep(daysOn(20));
  expect(await asked(testSystem, caseId)).toHaveLength(1);
  await sweep(daysOn(30));
  expect(await asked(testSystem, caseId)).toHaveLength(2);
});

it("asks nobody where nothing is held, or some of it is on its way back", async () => {
  const unpaid = await makeUnpaidBooking();
  await endCase(unpaid.caseId, "deceased", 40);
  const made = await makeFullyPaid();
  await endCase(made.caseId, "deceased", 40);
  const form = proposeRefundForm.parse({
    ...{ paymentId: made.balancePaymentId, cause: "goodwill", amount: 200_000 },
  });
  valueOf(await proposeRefund(await makeCoordinator(), form, now()));
  await sweep();
  for (const { caseId } of [unpaid, made]) expect(await asked(testSystem, caseId)).toEqual([]);
});
