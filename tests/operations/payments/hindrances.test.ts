import { describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import type { CaseStage } from "@/lib/cases/case";
import { asPerson } from "@/lib/infra/db";
import { billsOfBooking } from "@/lib/payments/read-bills";
import { hindrancesFor } from "@/lib/payments/read-hindrances";
import { readTripStage } from "@/lib/payments/read-trip-stage";
import { enterBill, makeTreated, settle } from "@/tests/support/bills";
import { makeTrip, propose } from "@/tests/support/changes";
import { makeFinance, testSystem } from "@/tests/support/people";

async function hindrances({ bookingId }: { bookingId: string }) {
  const finance = await makeFinance();
  const [read, trip] = [await billsOfBooking(finance, bookingId), await readTripStage(finance, bookingId)];
  if (!read || !trip) throw new Error("No such booking.");
  return hindrancesFor(finance, read, trip);
}
const reasons = async (trip: { bookingId: string }) => (await hindrances(trip)).map(({ reason }) => reason);
const move = (caseId: string, stage: CaseStage) =>
  asPerson(testSystem, (tx) => tx.case.update({ where: { id: caseId }, data: { stage } }));

describe("why an account cannot be closed", () => {
  it("is said with every reason at once, the first being what closing answers", async () => {
    const trip = await makeTreated();
    await enterBill(trip.owner, trip.bookingId);
    await propose(trip, 3_200_000);
    await move(trip.caseId, "treated");
    expect(await reasons(trip)).toEqual(["illegal_transition", "no_bill", "bill_waiting", "change_waiting"]);
    expect((await hindrances(trip))[0]).toMatchObject({ from: "confirmed", stage: "treated" });
    expect((await settle(trip, 0)).reason).toBe("illegal_transition");
    await move(trip.caseId, "settling");
    expect((await settle(trip, 0)).reason).toBe((await reasons(trip))[0]);
  });

  it("is nothing once all is cleared away, and afterwards that it is closed already", async () => {
    const trip = await makeTreated();
    expect(await reasons(trip)).toEqual(["no_bill"]);
    await enterBill(trip.manager, trip.bookingId);
    expect(await reasons(trip)).toEqual([]);
    expect((await settle(trip, 3_400_000)).reason).toBeNull();
    expect(await reasons(trip)).toEqual(["account_settled"]);
  });

  it("names what was passed on beyond the bill, and an instalment that is being paid", async () => {
    const trip = await makeTrip("settling");
    const { id: billId } = await enterBill(trip.manager, trip.bookingId);
    expect((await settle(trip, 3_400_000)).reason).toBeNull();
    const { bookingId, caseId } = trip;
    const of = { bookingId, caseId, amountMinor: 3_000_000n, taxMinor: 0n };
    const releaseId = newId();
    await asPerson(testSystem, async (tx) => {
      const where = { bookingId, kind: "treatment" };
      await tx.bookingService.updateMany({ where, data: { deliveredAt: new Date() } });
      const { id: serviceId, kind } = await tx.bookingService.findFirstOrThrow({ where });
      const release = {
        ...of,
        contract: "A" as const,
        payee: "Clinic",
        payeeKey: "name:clinic",
        currency: "EUR",
      };
      await tx.release.create({ data: { ...release, id: releaseId, proposedById: trip.owner.personId } });
      const proof = { evidence: "final_account", evidenceId: serviceId, deliveredAt: new Date() };
      await tx.releaseLine.create({ data: { ...of, ...proof, releaseId, serviceId, kind } });
    });
    await enterBill(trip.manager, bookingId, {
      ...{ number: "RE-1b", corrects: billId },
      lines: [
        ["Clip procedure", "treatment", 2_400_000],
        ["Implant", "device", 500_000],
      ],
    });
    await asPerson(testSystem, async (tx) => {
      const where = { bookingId, kind: "balance", contractAMinor: { gt: 0n } };
      const { id: planItemId } = await tx.planItem.findFirstOrThrow({ where });
      const payer = { payerId: trip.patient.personId, method: "card" as const };
      await tx.payment.create({
        data: {
          ...payer,
          planItemId,
          bookingId,
          caseId,
          currency: "EUR",
          amountMinor: 1n,
          idempotencyKey: newId(),
        },
      });
    });
    expect(await hindrances(trip)).toEqual([
      { reason: "already_released", overMinor: 100_000n },
      { reason: "change_being_paid" },
    ]);
    expect((await settle(trip, 2_900_000)).reason).toBe("already_released");
  });
});
