import { beforeAll, describe, expect, it } from "vitest";
import { bookingFor } from "@/lib/bookings/queries";
import { bookingView } from "@/lib/bookings/views/booking";
import { tidyHolds } from "@/lib/logistics/tidy-holds";
import { asPerson, openDb } from "@/lib/infra/db";
import { addBusinessDays, addHours } from "@/lib/kernel/day";
import { announceTransfer } from "@/lib/payments/announce-transfer";
import { ACCOUNT_SETTING } from "@/lib/payments/bank-transfer";
import { bankTransferForm } from "@/lib/payments/forms";
import { readBankAccount } from "@/lib/payments/read-bank-account";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { makeUnpaidBooking } from "@/tests/support/payments";
import { makeFinance, makePatient, testSystem } from "@/tests/support/people";

const account = { holder: "Valvia", iban: "DE89 3704 0044 0532 0130 00", bic: "TESTDEFF", bank: "Test Bank" };
const now = new Date();

const setUp = () => openDb().setting.create({ data: { key: ACCOUNT_SETTING, value: account } });

beforeAll(async () => {
  await setUp();
});

const bookingNow = (id: string) =>
  asPerson(testSystem, (tx) => tx.booking.findUniqueOrThrow({ where: { id } }));
const caseNow = (id: string) => asPerson(testSystem, (tx) => tx.case.findUniqueOrThrow({ where: { id } }));
const openTasks = (caseId: string) =>
  asPerson(testSystem, (tx) =>
    tx.task.count({ where: { caseId, kind: "transfer_announced", state: "open" } }),
  );

describe("announcing a bank transfer", () => {
  it("tells account and reference, and keeps the day for five banking days, once", async () => {
    const made = await makeUnpaidBooking({ holdExpiresAt: addHours(now, 2) });
    const { number } = await bookingNow(made.bookingId);

    const answers = await Promise.all(
      [1, 2].map(() => announceTransfer(made.patient, made.depositId, addHours(now, -72))),
    );

    const { holdExpiresAt: heldUntil } = await bookingNow(made.bookingId);
    // Counted by the database, whatever the process takes for now.
    const late = (heldUntil?.getTime() ?? 0) - addBusinessDays(new Date(), 5).getTime();
    expect(Math.abs(late)).toBeLessThan(60_000);
    for (const answer of answers) {
      const { depositMinor: amountMinor, currency } = made;
      expect(answer).toMatchObject({
        value: { reference: number, amountMinor, currency, account, heldUntil },
      });
    }
    expect(await openTasks(made.caseId)).toBe(1);
    expect(await caseNow(made.caseId)).toMatchObject({ waitingOn: "finance", nextAction: "match_transfer" });
    const later = addHours(now, 48);
    expect(await announceTransfer(made.patient, made.depositId, later)).toMatchObject({
      value: { heldUntil },
    });
    const audit = { objectId: made.depositId, event: "bank_transfer.announced" };
    expect(await openDb().auditEvent.count({ where: audit })).toBe(1);
  });

  it("is there to be read again by whoever pays, with the first day it was said, and by no centre", async () => {
    const made = await makeUnpaidBooking();
    const depositOf = async (reader: "patient" | "clinic_manager") => {
      const facts = await bookingFor(made.patient, made.bookingId);
      const view = facts && bookingView(facts, reader, now);
      return view?.plan.find(({ id }) => id === made.depositId);
    };
    expect((await depositOf("patient"))?.announcedAt).toBeNull();
    await announceTransfer(made.patient, made.depositId, now);
    await announceTransfer(made.patient, made.depositId, addHours(now, 1));
    expect(await depositOf("patient")).toMatchObject({
      announcedAt: now.toISOString(),
      open: { amount: Number(made.depositMinor), currency: made.currency },
    });
    expect(await depositOf("clinic_manager")).toBeUndefined();
    expect(await readBankAccount(made.patient)).toEqual(account);
    expect(await bookingFor(await makePatient(), made.bookingId)).toBeNull();
  });

  it("is refused while nobody has said to which account", async () => {
    await openDb().setting.delete({ where: { key: ACCOUNT_SETTING } });
    const made = await makeUnpaidBooking();
    expect(await announceTransfer(made.patient, made.depositId, now)).toMatchObject({
      reason: "no_bank_account",
    });
    expect(await readBankAccount(made.patient)).toBeNull();
    await setUp();
  });

  it("is over for finance when the money is matched", async () => {
    const made = await makeUnpaidBooking();
    await announceTransfer(made.patient, made.depositId, now);
    const form = bankTransferForm.parse({
      planItemId: made.depositId,
      amount: Number(made.depositMinor),
      currency: made.currency,
      receivedOn: now.toISOString().slice(0, 10),
    });
    expect(await recordBankTransfer(await makeFinance(), form, now)).toMatchObject({
      value: { state: "matched" },
    });
    expect(await openTasks(made.caseId)).toBe(0);
    expect((await bookingNow(made.bookingId)).state).toBe("awaiting_centre");
    const paid = await bookingFor(made.patient, made.bookingId);
    expect(paid && bookingView(paid, "patient", now).plan.map(({ announcedAt }) => announcedAt)).toEqual([
      null,
      null,
    ]);
    expect(await announceTransfer(made.patient, made.depositId, now)).toMatchObject({
      reason: "already_paid",
    });
  });

  it("gives the case a next step when the money never came", async () => {
    const made = await makeUnpaidBooking();
    await announceTransfer(made.patient, made.depositId, now);
    await asPerson(testSystem, (tx) =>
      tx.booking.updateMany({
        where: { id: made.bookingId },
        data: { holdExpiresAt: new Date(Date.now() - 1_000) },
      }),
    );
    await tidyHolds(testSystem, new Date());
    expect(await caseNow(made.caseId)).toMatchObject({ nextAction: "hold_expired" });
    expect(await announceTransfer(made.patient, made.depositId, new Date())).toMatchObject({
      reason: "hold_expired",
    });
  });

  it("is not for strangers, nor for a day that is not signed", async () => {
    const made = await makeUnpaidBooking();
    expect(await announceTransfer(await makePatient(), made.depositId, now)).toMatchObject({
      reason: "not_found",
    });
    expect(await announceTransfer(made.patient, made.balanceId, now)).toMatchObject({
      reason: "deposit_first",
    });
    const unsigned = await makeUnpaidBooking({ state: "held", isSigned: false });
    expect(await announceTransfer(unsigned.patient, unsigned.depositId, now)).toMatchObject({
      reason: "not_signed",
    });
  });
});
