import { describe, expect, it } from "vitest";
import { asPerson } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { statementFor } from "@/lib/payments/read-statement";
import { statementView } from "@/lib/payments/statement-view";
import { enterBill, makeTreated, refundsNow, settle } from "@/tests/support/bills";
import { makeTrip } from "@/tests/support/changes";
import { makeFinance, makePatient, testSystem } from "@/tests/support/people";

type Reader = Parameters<typeof statementFor>[0];

async function statementOf(reader: Reader, bookingId: string) {
  const read = await statementFor(reader, bookingId, new Date());
  return read && statementView(read, "en");
}
const eur = (amount: number) => ({ amount, currency: "EUR" });

describe("the statement after the final account", () => {
  it("says the final bill, what was paid and what comes back, until it is back", async () => {
    const trip = await makeTreated();
    const { patient, bookingId } = trip;
    expect((await statementOf(patient, bookingId))?.finalBill).toBeNull();
    await enterBill(trip.manager, bookingId);
    expect((await statementOf(patient, bookingId))?.finalBill).toBeNull();
    expect((await settle(trip, 3_400_000)).reason).toBeNull();
    const bill = { bill: eur(3_400_000), paid: eur(3_500_000), back: eur(100_000), open: eur(0) };
    const treatmentOf = (view: Awaited<ReturnType<typeof statementOf>>) =>
      view?.held.pockets.find(({ pocket }) => pocket === "treatment")?.text;
    const closed = await statementOf(patient, bookingId);
    expect(closed?.finalBill).toMatchObject({ ...bill, stands: true, isBack: false });
    expect(treatmentOf(closed)).toBe(
      "€35,000.00 for your treatment: the hospital's final invoice has been checked. €1,000.00 of it comes back to you; €34,000.00 goes to the hospital once two people here have agreed to pay it.",
    );
    const [refund] = await refundsNow(bookingId);
    expect(await approveRefund(await makeFinance(), refund?.id ?? "", new Date())).toMatchObject({
      ok: true,
    });
    const approved = await statementOf(patient, bookingId);
    expect(approved?.finalBill).toMatchObject({ ...bill, isBack: false });
    expect(treatmentOf(approved)).toBe(
      "€34,000.00 for your treatment: the hospital's final invoice has been checked. It goes to the hospital once two people here have agreed to pay it.",
    );
    await asPerson(testSystem, async (tx) => {
      await tx.refund.updateMany({ where: { id: refund?.id ?? "" }, data: { state: "sent" } });
      await tx.refund.updateMany({ where: { id: refund?.id ?? "" }, data: { state: "settled" } });
    });
    for (const reader of [patient, await makeFinance()])
      expect((await statementOf(reader, bookingId))?.finalBill).toMatchObject({ ...bill, isBack: true });
    expect(await statementOf(await makePatient(), bookingId)).toBeNull();
  });

  it("says what is still to pay of it, and that a later invoice closes it anew", async () => {
    const trip = await makeTrip("settling");
    await enterBill(trip.manager, trip.bookingId);
    expect((await settle(trip, 3_400_000)).reason).toBeNull();
    const view = await statementOf(trip.patient, trip.bookingId);
    const paid = view?.finalBill?.paid.amount ?? 0;
    expect(view?.finalBill).toMatchObject({ back: eur(0), open: eur(3_400_000 - paid), stands: true });
    const ofA = view?.contracts.find(({ contract }) => contract === "A");
    expect(view?.finalBill).toMatchObject({ paid: ofA?.paid, open: ofA?.open });
    await enterBill(trip.manager, trip.bookingId, { number: "RE-2", lines: [["Late", "other", 1_000]] });
    const later = await statementOf(trip.patient, trip.bookingId);
    expect(later?.finalBill).toMatchObject({ bill: eur(3_400_000), stands: false });
    expect(later?.held.pockets.map(({ text }) => text).join(" ")).not.toContain("has been checked. ");
  });
});
