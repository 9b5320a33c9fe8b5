import { describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { confirmBooking } from "@/lib/bookings/confirm-booking";
import { withdrawForm } from "@/lib/bookings/forms";
import { asPerson } from "@/lib/infra/db";
import { withdrawContract } from "@/lib/logistics/withdraw-contract";
import { approveRefund } from "@/lib/payments/approve-refund";
import { bankTransferForm } from "@/lib/payments/forms";
import { statementFor } from "@/lib/payments/read-statement";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { recordPayment } from "@/lib/payments/record-payment";
import { statementView } from "@/lib/payments/statement-view";
import { refundsNow } from "@/tests/support/bills";
import { bookingNow, makeSigned, onlyTreatment } from "@/tests/support/bookings";
import { payItem } from "@/tests/support/changes";
import { line, makeAcceptedCase } from "@/tests/support/estimates";
import { booked } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeFinance, makeManager, makePatient, testSystem } from "@/tests/support/people";
import { tellDispute, tellRefund } from "@/tests/support/refunds";

const now = () => new Date();
type Made = Awaited<ReturnType<typeof makeConfirmed>>;

/** 3,000 of contract A and 2,400 of B in one deposit; the centre has countersigned A. A quarter of the fee of 2,000 is earned. */
async function makeConfirmed() {
  const lines = [...onlyTreatment, line("medicine_supply", 1_000_000)];
  const accepted = await makeAcceptedCase({ lines });
  const { id: bookingId } = await makeSigned(accepted);
  const paymentId = await payItem(bookingId, "deposit");
  valueOf(await confirmBooking(await makeManager(accepted.clinic.id), bookingId, now()));
  const { planItems, currency } = await bookingNow(bookingId);
  const depositId = planItems.find(({ kind }) => kind === "deposit")?.id ?? "";
  return { ...accepted, bookingId, paymentId, depositId, currency };
}

const withdraw = async ({ patient, bookingId }: Made) =>
  valueOf(await withdrawContract(patient, bookingId, withdrawForm.parse({ contract: "B" }), now()));

async function shown({ patient, bookingId }: Made, locale = "en") {
  const read = await statementFor(patient, bookingId);
  if (!read) throw new Error("The patient may see it.");
  return statementView(read, locale);
}

const taken = async (made: Made) => (await shown(made)).taken;

const owed = async (made: Made) => (await taken(made)).owed.map(({ amount }) => amount.amount);

async function transfer({ depositId: planItemId, currency }: Made, amount: number) {
  const sent = { planItemId, amount: { amount, currency }, receivedOn: "2026-11-20" };
  return valueOf(await recordBankTransfer(await makeFinance(), bankTransferForm.parse(sent), now()));
}

describe("what a bank took of a booking whose contract B was withdrawn", () => {
  it("is owed again as contract A and what B had earned; sent once, nothing is open", async () => {
    const made = await makeConfirmed();
    await tellDispute(made.paymentId, "lost");
    expect(await owed(made)).toEqual([540_000]);
    await withdraw(made);
    expect(await owed(made)).toEqual([350_000]);
    expect((await shown(made)).withdrawn).toBe(
      "Contract B ended with your withdrawal. You had paid €2,400.00 for it. Your bank took back €2,400.00 of it.",
    );
    expect(await statementFor(await makePatient(), made.bookingId)).toBeNull();

    const both = await Promise.all([transfer(made, 350_000), transfer(made, 350_000)]);
    expect(both.map(({ state }) => state).toSorted()).toEqual(["matched", "unmatched"]);
    expect(await owed(made)).toEqual([]);
    expect((await refundsNow(made.bookingId)).map(({ cause }) => cause)).toEqual(["duplicate"]);
    expect(await booked(made.bookingId)).toMatchObject({ write_off: 190_000n });
    const { totals } = await shown(made);
    expect(totals).toMatchObject({ taken: { amount: 190_000 }, again: { amount: 0 } });
    expect(totals.released.amount + totals.held.amount).toBe(350_000);
  });

  it("says what is kept of it and no more that its services are still to be done", async () => {
    const made = await makeConfirmed();
    expect((await shown(made)).withdrawn).toBeNull();
    await withdraw(made);
    const { withdrawn, held, passed, contracts } = await shown(made);
    const kept = passed.reduce((sum, { amount }) => sum + amount.amount, 0);
    expect(withdrawn).toContain("You had paid €2,400.00 for it.");
    expect(withdrawn).toContain("€1,900.00 of it goes back to you as soon as");
    expect(withdrawn).toContain("€500.00 is kept for what was done before your withdrawal");
    expect(contracts[1]?.held.amount).toBe(240_000 - kept);
    const texts = held.pockets.filter(({ pocket }) => pocket !== "treatment").map(({ text }) => text);
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) expect(text).toMatch(/ended with your withdrawal/);
    const arabic = await shown(made, "ar");
    expect(arabic.withdrawn).toContain("برجوعك");
    expect(arabic.withdrawn).not.toContain("{");
  });

  it("asks for the share of contract A alone where what is left covers what B had earned", async () => {
    const made = await makeConfirmed();
    await withdraw(made);
    await tellDispute(made.paymentId, "lost", { amountMinor: 54_000n });
    expect(await owed(made)).toEqual([30_000]);
    expect(await transfer(made, 30_000)).toMatchObject({ state: "matched", restId: null });
    expect(await owed(made)).toEqual([]);
    const open = (await refundsNow(made.bookingId)).filter(({ state }) => state === "calculated");
    // 2,400 less what the bank took of it, 240, and the 500 that B had earned.
    expect(open).toMatchObject([{ cause: "withdrawal", amountMinor: 166_000n }]);
  });

  it("asks for all that was here once the rest of B had gone back", async () => {
    const made = await makeConfirmed();
    await withdraw(made);
    const [refund] = await refundsNow(made.bookingId);
    const id = refund?.id ?? "";
    valueOf(await approveRefund(await makeFinance(), id, now()));
    await tellRefund(id, `re_${id}`, "succeeded", 190_000n);
    await tellDispute(made.paymentId, "lost", { amountMinor: 350_000n });
    expect(await owed(made)).toEqual([350_000]);
    expect(await transfer(made, 350_000)).toMatchObject({ state: "matched", restId: null });
    expect(await owed(made)).toEqual([]);
  });

  it("is proposed back where all of it was paid again", async () => {
    const made = await makeConfirmed();
    await tellDispute(made.paymentId, "lost");
    await withdraw(made);
    const { caseId, patientId } = await bookingNow(made.bookingId);
    const id = newId();
    await asPerson(testSystem, async (tx) => {
      await tx.payment.create({
        data: {
          ...{ id, planItemId: made.depositId, bookingId: made.bookingId, caseId, payerId: patientId },
          ...{ currency: made.currency, amountMinor: 540_000n, method: "card", idempotencyKey: id },
        },
      });
      expect(await recordPayment(tx, testSystem, id, {}, now())).toBe("recorded");
    });
    expect(await refundsNow(made.bookingId)).toMatchObject([{ cause: "withdrawal", amountMinor: 190_000n }]);
    expect(await owed(made)).toEqual([]);
  });
});
