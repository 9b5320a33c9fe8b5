import { describe, expect, it } from "vitest";
import { changeStageForm } from "@/lib/cases/forms";
import { changeStage } from "@/lib/cases/change-stage";
import { bookingsToSettle } from "@/lib/desk/queries/bills";
import { asPerson } from "@/lib/infra/db";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { cancelBookingForm } from "@/lib/bookings/forms";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRelease } from "@/lib/payments/propose-release";
import { billsOfBooking, billsOfCase } from "@/lib/payments/read-bills";
import { releasableFor } from "@/lib/payments/read-releasable";
import { recordBill } from "@/lib/payments/record-bill";
import { releaseKey } from "@/lib/payments/release";
import { settleBills } from "@/lib/payments/settle-bills";
import { statementFor } from "@/lib/payments/read-statement";
import { sweepBills } from "@/lib/payments/sweep-bills";
import { caseNow, enterBill, formOf, originalOf, refundsNow, sendFile, settle } from "@/tests/support/bills";
import { makeTrip, mails, payItem, tasks } from "@/tests/support/changes";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { makeFinance, makeManager, makePatient, testSystem } from "@/tests/support/people";
import { approveRelease } from "@/tests/support/releases";

const now = () => new Date();
const sumOf = (lines: readonly { amountMinor: bigint }[] = []) =>
  lines.reduce((sum, line) => sum + line.amountMinor, 0n);

/** A patient whose treatment was paid and done, or who never came to it, and who died in the hospital. */
async function makeDeath(wasTreated = true) {
  const trip = await makeTrip("on_site");
  await payItem(trip.bookingId, "balance", "A");
  const move = (to: string) => changeStageForm.parse({ to });
  if (wasTreated) valueOf(await changeStage(trip.manager, trip.caseId, move("treated"), now()));
  valueOf(await changeStage(trip.owner, trip.caseId, move("deceased"), now()));
  return trip;
}

type Death = Awaited<ReturnType<typeof makeDeath>>;

const placeOf = async ({ bookingId }: Death) =>
  (await bookingsToSettle(await makeFinance(), now())).find(({ id }) => id === bookingId)?.place;

async function passOn({ bookingId }: Death): Promise<bigint> {
  const { due } = await releasableFor(await makeFinance());
  const group = due.find((one) => one.bookingId === bookingId && one.contract === "A");
  if (!group) throw new Error("Nothing is due to the hospital.");
  const form = { bookingId, contract: "A" as const, payee: "", key: releaseKey(group) };
  const { id } = valueOf(await proposeRelease(await makeFinance(), form, now()));
  valueOf(await approveRelease(await makeFinance(), id, now()));
  return sumOf(group.lines);
}

describe("the bill of a patient who died after the treatment", () => {
  it("is entered by the hospital, settled, passed on, and its surplus goes back; nobody writes to the dead", async () => {
    const trip = await makeDeath();
    expect(await placeOf(trip)).toBe("awaited");
    const { waiting } = await releasableFor(await makeFinance());
    expect(
      waiting.filter((line) => line.bookingId === trip.bookingId && line.reason === "no_account"),
    ).toHaveLength(2);
    await enterBill(trip.manager, trip.bookingId);
    expect(await placeOf(trip)).toBe("settle");
    expect(await tasks(trip.caseId, "settle_bill")).toBe(1);
    const { reason, read } = await settle(trip, 3_400_000);
    expect(reason).toBeNull();
    expect(read?.account).toMatchObject({ owedMinor: 3_400_000n, refundMinor: 100_000n });
    const [refund] = await refundsNow(trip.bookingId);
    valueOf(await approveRefund(await makeFinance(), refund?.id ?? "", now()));
    expect(await passOn(trip)).toBe(3_400_000n);
    expect((await billsOfBooking(trip.patient, trip.bookingId))?.bills).toHaveLength(1);
    expect(await mails(trip.patient.email, "bill_received")).toBe(0);
    expect(await mails(trip.patient.email, "bill_settled")).toBe(0);
    expect(await caseNow(trip.caseId)).toMatchObject({ stage: "deceased", nextAction: null });
    await asPerson(testSystem, async (tx) => {
      await tx.refund.updateMany({ where: { id: refund?.id ?? "" }, data: { state: "sent" } });
      await tx.refund.updateMany({ where: { id: refund?.id ?? "" }, data: { state: "settled" } });
    });
    await sweepBills(testSystem, now());
    expect(await caseNow(trip.caseId)).toMatchObject({ stage: "deceased", nextAction: null });
    expect(await placeOf(trip)).toBe("settled");
  });

  it("stands beside what was done where the rest of the booking was cancelled for the death", async () => {
    const trip = await makeDeath();
    const cancel = cancelBookingForm.parse({ cause: "death" });
    valueOf(await cancelBooking(trip.owner, trip.bookingId, cancel, now()));
    // What was done stays with the hospital's bill: of contract A nothing goes back before it.
    const asked = await refundsNow(trip.bookingId);
    expect(asked.every(({ quote }) => JSON.stringify(quote).includes('"treatment":"0"'))).toBe(true);
    await enterBill(trip.manager, trip.bookingId);
    expect((await settle(trip, 3_400_000)).reason).toBeNull();
    const surplus = (await refundsNow(trip.bookingId)).filter(({ cause }) => cause === "surplus");
    expect(sumOf(surplus)).toBe(100_000n);
    for (const { id } of surplus) valueOf(await approveRefund(await makeFinance(), id, now()));
    expect(await passOn(trip)).toBe(3_400_000n);
    expect(await billsOfCase(trip.patient, trip.caseId)).toMatchObject([
      { account: { owedMinor: 3_400_000n } },
    ]);
    const finalBill = (await statementFor(trip.patient, trip.bookingId))?.finalBill;
    expect(finalBill).toMatchObject({ billMinor: 3_400_000n, backMinor: 100_000n, openMinor: 0n });
  });

  it("is taken from a letter by the coordinator who stays, and by no other centre", async () => {
    const trip = await makeDeath();
    await enterBill(trip.owner, trip.bookingId);
    expect(await placeOf(trip)).toBe("check");
    const stranger = await makeManager((await makeTrip()).clinic.id);
    const file = await sendFile(trip.manager, trip.bookingId, originalOf("RE-2"));
    const form = formOf(valueOf(file).id, { number: "RE-2" });
    expect(reasonOf(await recordBill(stranger, trip.bookingId, form, now()))).toBe("not_found");
    expect(await billsOfCase(await makePatient(), trip.caseId)).toEqual([]);
  });

  it("is settled once by two at once", async () => {
    const trip = await makeDeath();
    await enterBill(trip.manager, trip.bookingId);
    const ask = async () => settleBills(await makeFinance(), trip.bookingId, { owed: 3_400_000n }, now());
    const both = await Promise.all([ask(), ask()]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await refundsNow(trip.bookingId)).toHaveLength(1);
  });

  it("is refused where the treatment was not done", async () => {
    const trip = await makeDeath(false);
    const file = await sendFile(trip.manager, trip.bookingId, originalOf("RE-1"));
    const form = formOf(valueOf(file).id);
    expect(reasonOf(await recordBill(trip.manager, trip.bookingId, form, now()))).toBe("illegal_transition");
    expect(await placeOf(trip)).toBeUndefined();
  });
});
