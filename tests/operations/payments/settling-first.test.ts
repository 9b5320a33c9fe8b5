import { describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { earnedSlices } from "@/lib/bookings/read-refund-quote";
import type { CaseStage } from "@/lib/cases/case";
import { changeStage } from "@/lib/cases/change-stage";
import { bookingsToSettle } from "@/lib/desk/queries/bills";
import { asPerson } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { sweepBills } from "@/lib/payments/sweep-bills";
import { bookingNow } from "@/tests/support/bookings";
import { caseNow, enterBill, makeTreated, refundsNow, settle } from "@/tests/support/bills";
import { makeTrip, tasks } from "@/tests/support/changes";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";

const now = () => new Date();
const DAY = 86_400_000;
const later = (days: number) => new Date(Date.now() + days * DAY);
type Treated = Awaited<ReturnType<typeof makeTreated>>;

const put = (caseId: string, stage: CaseStage) =>
  asPerson(testSystem, (tx) => tx.case.updateMany({ where: { id: caseId }, data: { stage } }));
const goOn = ({ owner, caseId }: Treated, to: "aftercare" | "settling" = "aftercare") =>
  changeStage(owner, caseId, { to }, now());
const slicesOf = async ({ bookingId }: Treated) => {
  const booking = await bookingNow(bookingId);
  return (await asPerson(testSystem, (tx) => earnedSlices(tx, booking))).map(({ slice }) => slice);
};

/** The case came to a stage so many days ago. */
const note = (caseId: string, toStage: "discharged" | "deceased" | "aftercare", daysAgo: number) =>
  asPerson(testSystem, (tx) =>
    tx.caseEvent.create({
      data: { id: newId(), caseId, kind: "stage", toStage, actorRole: "system", at: later(-daysAgo) },
    }),
  );
const deliver = ({ bookingId }: Treated) =>
  asPerson(testSystem, (tx) =>
    tx.bookingService.updateMany({
      where: { bookingId, kind: { in: ["treatment", "device"] } },
      data: { deliveredAt: now() },
    }),
  );

describe("after-care", () => {
  it("does not begin while money of the treatment waits for the hospital's bill, from whichever stage", async () => {
    const trip = await makeTreated();
    for (const stage of ["discharged", "settling"] as const) {
      await put(trip.caseId, stage);
      expect(reasonOf(await goOn(trip))).toBe("not_settled");
    }
    const stranger = await changeStage(await makeCoordinator(), trip.caseId, { to: "aftercare" }, now());
    expect(reasonOf(stranger)).toBe("forbidden");
    await enterBill(trip.manager, trip.bookingId);
    await settle(trip, 3_400_000);
    // The surplus is on its way.
    expect(reasonOf(await goOn(trip))).toBe("not_settled");
    expect(await caseNow(trip.caseId)).toMatchObject({ stage: "settling" });
  });

  it("begins once where the hospital is paid on its own invoice and nothing of it is held", async () => {
    const direct = await makeTreated();
    await asPerson(testSystem, (tx) =>
      tx.booking.update({ where: { id: direct.bookingId }, data: { contractAMode: "direct" } }),
    );
    const both = await Promise.all([goOn(direct), goOn(direct)]);
    expect(both.map(reasonOf).toSorted()).toEqual(["done", "illegal_transition"]);
  });

  it("earns the last slice of the fee only once the account is closed and its surplus back", async () => {
    const trip = await makeTreated();
    await note(trip.caseId, "aftercare", 0);
    expect(await slicesOf(trip)).not.toContain("settlement");
    await enterBill(trip.manager, trip.bookingId);
    await settle(trip, 3_400_000);
    expect(await slicesOf(trip)).not.toContain("settlement");
    const [refund] = await refundsNow(trip.bookingId);
    valueOf(await approveRefund(await makeFinance(), refund?.id ?? "", now()));
    await asPerson(testSystem, async (tx) => {
      await tx.refund.updateMany({ where: { id: refund?.id ?? "" }, data: { state: "sent" } });
      await tx.refund.updateMany({ where: { id: refund?.id ?? "" }, data: { state: "settled" } });
    });
    await sweepBills(testSystem, now());
    expect(await caseNow(trip.caseId)).toMatchObject({ stage: "aftercare" });
    expect(await slicesOf(trip)).toContain("settlement");
    // A later bill opens the account anew and takes back nothing that was earned.
    await enterBill(trip.manager, trip.bookingId, { number: "RE-2", lines: [["Late", "other", 100]] });
    await settle(trip, 3_400_100);
    expect(await slicesOf(trip)).toContain("settlement");
  });
});

describe("the four weeks of the hospital", () => {
  it("run from the discharge, whenever somebody moves the case on", async () => {
    const trip = await makeTreated();
    await note(trip.caseId, "discharged", 10);
    await put(trip.caseId, "discharged");
    valueOf(await goOn(trip, "settling"));
    const { nextDueAt, nextAction } = await caseNow(trip.caseId);
    expect(nextAction).toBe("match_invoice");
    expect(Math.round(((nextDueAt?.getTime() ?? 0) - Date.now()) / DAY)).toBe(18);
  });

  it.each(["discharged", "settling", "aftercare"] as const)(
    "raise one alarm when the case stands at %s, and another only four weeks after somebody looked",
    async (stage) => {
      const trip = await makeTreated();
      await note(trip.caseId, "discharged", 27);
      await put(trip.caseId, stage);
      await sweepBills(testSystem, now());
      expect(await tasks(trip.caseId, "bill_late")).toBe(0);
      await Promise.all([1, 2].map(() => sweepBills(testSystem, later(2))));
      expect(await tasks(trip.caseId, "bill_late")).toBe(1);
      await asPerson(testSystem, (tx) =>
        tx.task.updateMany({
          where: { caseId: trip.caseId, kind: "bill_late" },
          data: { state: "done", doneAt: later(2) },
        }),
      );
      await sweepBills(testSystem, later(20));
      expect(await tasks(trip.caseId, "bill_late")).toBe(0);
      await sweepBills(testSystem, later(31));
      expect(await tasks(trip.caseId, "bill_late")).toBe(1);
    },
  );

  it("run after a death too, where the treatment was done before it, and stop with the bill", async () => {
    const [billed, unbilled, untreated] = [await makeTreated(), await makeTreated(), await makeTrip()];
    for (const trip of [billed, unbilled]) await deliver(trip);
    await enterBill(billed.manager, billed.bookingId);
    for (const { caseId } of [billed, unbilled, untreated]) {
      await note(caseId, "deceased", 30);
      await put(caseId, "deceased");
    }
    await sweepBills(testSystem, now());
    const late = [billed, unbilled, untreated].map(({ caseId }) => tasks(caseId, "bill_late"));
    expect(await Promise.all(late)).toEqual([0, 1, 0]);
  });

  it("are counted from the discharge in the list of finance too", async () => {
    const trip = await makeTreated();
    await deliver(trip);
    const place = async (at: Date) =>
      (await bookingsToSettle(await makeFinance(), at)).find(({ id }) => id === trip.bookingId)?.place;
    expect(await place(later(40))).toBe("awaited");
    await note(trip.caseId, "discharged", 20);
    expect([await place(later(7)), await place(later(9))]).toEqual(["awaited", "late"]);
  });
});
