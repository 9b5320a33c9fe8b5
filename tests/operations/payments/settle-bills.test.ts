import { describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { acceptChange } from "@/lib/payments/accept-change-order";
import { bookingsToSettle } from "@/lib/desk/queries/bills";
import { approveRefund } from "@/lib/payments/approve-refund";
import { refuseRefund } from "@/lib/payments/refuse-refund";
import { refuseRelease } from "@/lib/payments/refuse-release";
import { settleBills } from "@/lib/payments/settle-bills";
import { sweepBills } from "@/lib/payments/sweep-bills";
import { readHeldMoney } from "@/lib/payments/post-ledger";
import { caseNow, enterBill, makeTreated, refundsNow, settle } from "../../support/bills";
import { makeTrip, payItem, planOf, propose, tasks, traces, yes } from "../../support/changes";
import { makeFinance, testSystem } from "../../support/people";

const now = () => new Date();
const later = (days: number) => new Date(Date.now() + days * 86_400_000);

/** A sum of contract A that leaves for the hospital. */
async function passOn(
  release: Pick<
    Prisma.ReleaseCreateManyInput,
    "bookingId" | "caseId" | "contract" | "payee" | "payeeKey" | "currency"
  >,
  proposedById: string,
  amountMinor: bigint,
): Promise<string> {
  const releaseId = newId();
  const { bookingId, caseId } = release;
  const sums = { amountMinor, taxMinor: 0n };
  await asPerson(testSystem, async (tx) => {
    const where = { bookingId, kind: "treatment" };
    await tx.bookingService.updateMany({ where, data: { deliveredAt: now() } });
    const service = await tx.bookingService.findFirstOrThrow({ where });
    await tx.release.createMany({ data: [{ id: releaseId, ...release, ...sums, proposedById }] });
    await tx.releaseLine.createMany({
      data: [
        {
          ...{ releaseId, bookingId, caseId, serviceId: service.id, kind: "treatment", ...sums },
          ...{ evidence: "final_account", evidenceId: service.id, deliveredAt: now() },
        },
      ],
    });
  });
  return releaseId;
}

describe("the final account", () => {
  it("gives back at once what was paid beyond the bill, within five days, then goes on to after-care", async () => {
    const trip = await makeTreated();
    await enterBill(trip.manager, trip.bookingId);
    const { finance, read } = await settle(trip, 3_400_000);
    expect(read?.account).toMatchObject({
      ...{ billedMinor: 3_400_000n, owedMinor: 3_400_000n, refundMinor: 100_000n, loweredMinor: 0n },
      ...{ estimateMinor: 3_500_000n, agreedMinor: 3_500_000n, waitingMinor: 0n, notOwedMinor: 0n },
    });
    const [refund] = await refundsNow(trip.bookingId);
    expect(refund).toMatchObject({ cause: "surplus", state: "calculated", amountMinor: 100_000n });
    const settling = await caseNow(trip.caseId);
    expect(settling).toMatchObject({ stage: "settling", nextAction: "refund_surplus", waitingOn: "finance" });
    expect(Math.round(((settling.nextDueAt?.getTime() ?? 0) - Date.now()) / 86_400_000)).toBe(5);
    expect(await traces(read?.account?.id ?? "")).toEqual(["bill.settled"]);
    // Who proposed it never sends it.
    expect(await approveRefund(finance, refund?.id ?? "", now())).toMatchObject({ reason: "same_person" });
    expect(await approveRefund(await makeFinance(), refund?.id ?? "", now())).toMatchObject({ ok: true });
    await sweepBills(testSystem, now());
    expect(await caseNow(trip.caseId)).toMatchObject({ stage: "settling" });
    await asPerson(testSystem, async (tx) => {
      await tx.refund.updateMany({ where: { id: refund?.id ?? "" }, data: { state: "sent" } });
      await tx.refund.updateMany({ where: { id: refund?.id ?? "" }, data: { state: "settled" } });
    });
    await sweepBills(testSystem, now());
    expect(await caseNow(trip.caseId)).toMatchObject({ stage: "aftercare" });
    const held = await asPerson(testSystem, (tx) => readHeldMoney(tx, trip.bookingId));
    expect(held.treatmentMinor).toBe(3_400_000n);
  });

  it("is not over when a surplus was refused: it is settled again, and over once the money is back", async () => {
    const trip = await makeTreated();
    await enterBill(trip.manager, trip.bookingId);
    const { finance } = await settle(trip, 3_400_000);
    const [first] = await refundsNow(trip.bookingId);
    const treatment = { bookingId: trip.bookingId, kind: "treatment" };
    await asPerson(testSystem, (tx) =>
      tx.bookingService.updateMany({ where: treatment, data: { deliveredAt: now() } }),
    );
    const because = { reason: "The sum is wrong" };
    expect(await refuseRefund(await makeFinance(), first?.id ?? "", because, now())).toMatchObject({
      ok: true,
    });
    await sweepBills(testSystem, now());
    expect(await caseNow(trip.caseId)).toMatchObject({ stage: "settling" });
    expect(await tasks(trip.caseId, "settle_bill")).toBe(1);
    const listed = await bookingsToSettle(finance, now());
    expect(listed.find((one) => one.id === trip.bookingId)?.place).toBe("settle");
    const again = await settle(trip, 3_400_000);
    expect(again.read?.account).toMatchObject({ version: 2, refundMinor: 100_000n });
    expect((await settle(trip, 3_400_000)).reason).toBe("account_settled");
    const second = (await refundsNow(trip.bookingId)).find((refund) => refund.state === "calculated");
    await approveRefund(await makeFinance(), second?.id ?? "", now());
    await asPerson(testSystem, async (tx) => {
      const where = { id: second?.id ?? "" };
      await tx.refund.updateMany({ where, data: { state: "sent" } });
      await tx.refund.updateMany({ where, data: { state: "settled" } });
    });
    await sweepBills(testSystem, now());
    expect(await caseNow(trip.caseId)).toMatchObject({ stage: "aftercare" });
  });

  it("raises an alarm once when a surplus is still here after five days", async () => {
    const trip = await makeTreated();
    await enterBill(trip.manager, trip.bookingId);
    await settle(trip, 3_400_000);
    await sweepBills(testSystem, later(4));
    expect(await tasks(trip.caseId, "surplus_late")).toBe(0);
    await sweepBills(testSystem, later(6));
    await sweepBills(testSystem, later(6));
    expect(await tasks(trip.caseId, "surplus_late")).toBe(1);
  });

  it("raises an alarm when four weeks bring no invoice", async () => {
    const trip = await makeTreated();
    await asPerson(testSystem, (tx) =>
      tx.caseEvent.create({
        data: {
          ...{ id: newId(), caseId: trip.caseId, kind: "stage", toStage: "discharged" },
          ...{ actorRole: "system", at: now() },
        },
      }),
    );
    await sweepBills(testSystem, later(27));
    expect(await tasks(trip.caseId, "bill_late")).toBe(0);
    await sweepBills(testSystem, later(29));
    expect(await tasks(trip.caseId, "bill_late")).toBe(1);
  });

  it("takes what is not owed off what was not paid yet, before anything goes back", async () => {
    const trip = await makeTrip("settling");
    await enterBill(trip.manager, trip.bookingId);
    const { read } = await settle(trip, 3_400_000);
    expect(read?.account).toMatchObject({ loweredMinor: 100_000n, refundMinor: 0n });
    const planned = (await planOf(trip.bookingId)).reduce((sum, item) => sum + item.contractAMinor, 0n);
    expect(planned).toBe(3_400_000n);
    expect(await caseNow(trip.caseId)).toMatchObject({ stage: "aftercare" });
  });

  it("asks for nothing above what is agreed; only an accepted change makes an instalment of it", async () => {
    const trip = await makeTreated();
    await enterBill(trip.manager, trip.bookingId, {
      lines: [
        ["Clip procedure", "treatment", 3_300_000],
        ["Implant", "device", 500_000],
        ["Special wire", "other", 400_000],
      ],
    });
    const { read } = await settle(trip, 3_500_000);
    expect(read?.account).toMatchObject({
      ...{ owedMinor: 3_500_000n, waitingMinor: 600_000n, notOwedMinor: 100_000n, refundMinor: 0n },
    });
    expect((await planOf(trip.bookingId)).every((item) => item.kind !== "change")).toBe(true);
    const order = await propose(trip, 3_300_000);
    const accepted = await acceptChange(trip.patient, order.id, yes(order), now());
    expect(accepted).toMatchObject({ ok: true, value: { instalmentMinor: 300_000n } });
    const second = await settle(trip, 3_800_000);
    expect(second.read?.account).toMatchObject({ version: 2, owedMinor: 3_800_000n, refundMinor: 0n });
    expect((await planOf(trip.bookingId)).filter((item) => item.kind === "change")).toMatchObject([
      { amountMinor: 300_000n },
    ]);
  });

  it("is not closed below what was passed on to the hospital, until that came back", async () => {
    const trip = await makeTreated();
    const { id } = await enterBill(trip.manager, trip.bookingId);
    await settle(trip, 3_400_000);
    const { bookingId, caseId } = trip;
    const release = {
      bookingId,
      caseId,
      contract: "A" as const,
      payee: "Clinic",
      payeeKey: "name:clinic",
      currency: "EUR",
    };
    const releaseId = await passOn(release, trip.owner.personId, 3_000_000n);
    await enterBill(trip.manager, bookingId, {
      ...{ number: "RE-1b", corrects: id },
      lines: [
        ["Clip procedure", "treatment", 2_400_000],
        ["Implant", "device", 500_000],
      ],
    });
    expect((await settle(trip, 2_900_000)).reason).toBe("already_released");
    expect((await settle(trip, 2_900_000)).reason).toBe("already_released");
    expect(await refundsNow(bookingId)).toHaveLength(1);
    expect(await tasks(caseId, "release_to_return")).toBe(1);
    expect(
      await refuseRelease(await makeFinance(), { releaseId, reason: "Less was billed" }, now()),
    ).toMatchObject({
      ok: true,
    });
    expect((await settle(trip, 2_900_000)).reason).toBeNull();
    expect(await refundsNow(bookingId)).toHaveLength(2);
    expect(await tasks(caseId, "release_to_return")).toBe(0);
  });

  it("gives back only what a later correction adds", async () => {
    const trip = await makeTreated();
    const { id } = await enterBill(trip.manager, trip.bookingId);
    await settle(trip, 3_400_000);
    await enterBill(trip.manager, trip.bookingId, {
      ...{ number: "RE-1b", corrects: id },
      lines: [
        ["Clip procedure", "treatment", 2_850_000],
        ["Implant", "device", 500_000],
      ],
    });
    await settle(trip, 3_350_000);
    expect((await refundsNow(trip.bookingId)).map((refund) => refund.amountMinor)).toEqual([
      100_000n,
      50_000n,
    ]);
  });

  it("of a treatment the hospital bills itself is a mirror: no money of it moves here", async () => {
    const trip = await makeTrip("settling");
    await asPerson(testSystem, (tx) =>
      tx.booking.update({ where: { id: trip.bookingId }, data: { contractAMode: "direct" } }),
    );
    const before = await planOf(trip.bookingId);
    await enterBill(trip.manager, trip.bookingId);
    const { read } = await settle(trip, 3_400_000);
    expect(read?.account).toMatchObject({ contractAMode: "direct", loweredMinor: 0n, refundMinor: 0n });
    expect(await planOf(trip.bookingId)).toEqual(before);
  });

  it("is closed once by two at once, and only as finance has seen it", async () => {
    const trip = await makeTreated();
    const finance = await makeFinance();
    const ask = async (owed: bigint, who = finance) => {
      const answer = await settleBills(who, trip.bookingId, { owed }, now());
      return answer.ok ? "done" : answer.reason;
    };
    expect(await ask(0n)).toBe("no_bill");
    const { id } = await enterBill(trip.owner, trip.bookingId);
    expect(await ask(0n)).toBe("no_bill");
    await enterBill(trip.manager, trip.bookingId, { number: "RE-2" });
    expect(await ask(3_400_000n)).toBe("bill_waiting");
    await asPerson(testSystem, (tx) =>
      tx.bill.updateMany({
        where: { id },
        data: { state: "rejected", reason: "Twice", checkedById: finance.personId, checkedAt: now() },
      }),
    );
    expect(await ask(3_300_000n)).toBe("account_differs");
    await propose(trip, 3_200_000);
    expect(await ask(3_400_000n)).toBe("change_waiting");
    await asPerson(testSystem, (tx) =>
      tx.changeOrder.updateMany({ where: { bookingId: trip.bookingId }, data: { state: "expired" } }),
    );
    const both = await Promise.all([ask(3_400_000n), ask(3_400_000n, await makeFinance())]);
    expect(both.toSorted()).toEqual(["account_settled", "done"]);
    expect(await refundsNow(trip.bookingId)).toHaveLength(1);
  });

  it("counts for the centre's quoted versus paid, of which nothing is published below five", async () => {
    const trip = await makeTrip("settling");
    await enterBill(trip.manager, trip.bookingId);
    await settle(trip, 3_400_000);
    const score = { billCount: true, billMedianBp: true, billLowBp: true, billHighBp: true };
    const clinic = () => openDb().clinic.findUniqueOrThrow({ where: { id: trip.clinic.id }, select: score });
    const nothing = { billMedianBp: null, billLowBp: null, billHighBp: null };
    expect(await clinic()).toEqual({ billCount: 1, ...nothing });
    const published = openDb().clinic.update({
      where: { id: trip.clinic.id },
      data: { billMedianBp: 9_714, billLowBp: 9_714, billHighBp: 9_714 },
    });
    await expect(published).rejects.toThrow(/bill_score_from_five/);
  });

  it("waits until the patient has left the hospital", async () => {
    const trip = await makeTrip("treated");
    await payItem(trip.bookingId, "balance", "A");
    await enterBill(trip.manager, trip.bookingId);
    expect((await settle(trip, 3_400_000)).reason).toBe("illegal_transition");
  });
});
