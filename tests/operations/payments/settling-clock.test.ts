import { describe, expect, it } from "vitest";
import { bookingsToSettle } from "@/lib/desk/queries/bills";
import { asPerson } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { readTripStage } from "@/lib/payments/read-trip-stage";
import { sweepBills } from "@/lib/payments/sweep-bills";
import { caseNow, enterBill, makeTreated, refundsNow, settle } from "@/tests/support/bills";
import { tasks } from "@/tests/support/changes";
import { valueOf } from "@/tests/support/outcomes";
import { makeFinance, makeManager, testSystem } from "@/tests/support/people";

const DAY = 86_400_000;
const later = (days: number) => new Date(Date.now() + days * DAY);
const daysUntil = (at: Date | null | undefined) => Math.round(((at?.getTime() ?? 0) - Date.now()) / DAY);

/** Treatment delivered, billed a little below what was paid, and nobody has settled it. */
async function makeBilled() {
  const trip = await makeTreated();
  const where = { bookingId: trip.bookingId, kind: { in: ["treatment", "device"] } };
  await asPerson(testSystem, (tx) =>
    tx.bookingService.updateMany({ where, data: { deliveredAt: later(-3) } }),
  );
  await enterBill(trip.manager, trip.bookingId);
  return trip;
}

const listed = async (bookingId: string, at: Date) =>
  (await bookingsToSettle(await makeFinance(), at)).find(({ id }) => id === bookingId);

describe("the five days after the final bill", () => {
  it("raise an alarm where nobody settles it, once, and again after five more", async () => {
    const { bookingId, caseId } = await makeBilled();
    expect(daysUntil((await caseNow(caseId)).nextDueAt)).toBe(5);
    await sweepBills(testSystem, later(4.9));
    expect(await tasks(caseId, "surplus_late")).toBe(0);
    await Promise.all([1, 2].map(() => sweepBills(testSystem, later(5.1))));
    expect(await tasks(caseId, "surplus_late")).toBe(1);
    await asPerson(testSystem, (tx) =>
      tx.task.updateMany({
        where: { caseId, kind: "surplus_late" },
        data: { state: "done", doneAt: later(5.2) },
      }),
    );
    await sweepBills(testSystem, later(9));
    expect(await tasks(caseId, "surplus_late")).toBe(0);
    await sweepBills(testSystem, later(11));
    expect(await tasks(caseId, "surplus_late")).toBe(1);
    expect((await listed(bookingId, later(4.9)))?.place).toBe("settle");
    expect((await listed(bookingId, later(5.1)))?.place).toBe("settle_late");
  });

  it("do not begin anew when finance closes the account", async () => {
    const trip = await makeBilled();
    await settle(trip, 3_400_000, later(4));
    expect(daysUntil((await caseNow(trip.caseId)).nextDueAt)).toBe(5);
    const row = await listed(trip.bookingId, later(4.5));
    expect([row?.place, daysUntil(row?.dueAt)]).toEqual(["refund", 5]);
    expect((await listed(trip.bookingId, later(5.1)))?.place).toBe("refund_late");
    await sweepBills(testSystem, later(5.1));
    expect(await tasks(trip.caseId, "surplus_late")).toBe(1);
  });

  it("are over with their alarm once the surplus is back", async () => {
    const trip = await makeBilled();
    await settle(trip, 3_400_000);
    await sweepBills(testSystem, later(6));
    const [refund] = await refundsNow(trip.bookingId);
    const where = { id: refund?.id ?? "" };
    valueOf(await approveRefund(await makeFinance(), where.id, later(6)));
    await asPerson(testSystem, async (tx) => {
      await tx.refund.updateMany({ where, data: { state: "sent" } });
      await tx.refund.updateMany({ where, data: { state: "settled" } });
    });
    await sweepBills(testSystem, later(7));
    expect(await tasks(trip.caseId, "surplus_late")).toBe(0);
    expect(await listed(trip.bookingId, later(9))).toMatchObject({ place: "settled", dueAt: null });
  });

  it("tell a stranger nothing of when the patient left", async () => {
    const trip = await makeBilled();
    const other = await makeTreated();
    expect(await readTripStage(await makeManager(other.clinic.id), trip.bookingId)).toBeNull();
  });
});
