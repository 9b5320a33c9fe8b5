import { expect, it } from "vitest";
import { approveReturn } from "@/lib/payments/approve-return";
import { bankTransferForm } from "@/lib/payments/forms";
import { proposeReturn } from "@/lib/payments/propose-return";
import { statementFor } from "@/lib/payments/read-statement";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { statementView } from "@/lib/payments/statement-view";
import { withdrawReturn } from "@/lib/payments/withdraw-return";
import { valueOf } from "../../support/outcomes";
import { makeUnpaidBooking } from "../../support/payments";
import { makeFinance, makePatient } from "../../support/people";

it("adds no money of another currency to what a statement says", async () => {
  const made = await makeUnpaidBooking();
  const finance = await makeFinance();
  const sent = (currency: string) =>
    bankTransferForm.parse({
      ...{ planItemId: made.depositId, amount: { amount: 40_000, currency }, receivedOn: "2026-11-20" },
    });
  valueOf(await recordBankTransfer(finance, sent("USD"), new Date()));
  expect((await statementFor(made.patient, made.bookingId))?.statement.surplusMinor).toBe(0n);
  valueOf(await recordBankTransfer(finance, sent("EUR"), new Date()));
  expect((await statementFor(made.patient, made.bookingId))?.statement.surplusMinor).toBe(40_000n);
});

it("shows money of another currency beside the sums until it has gone back, and again when its way back was taken back", async () => {
  const made = await makeUnpaidBooking();
  const [finance, colleague] = [await makeFinance(), await makeFinance()];
  const sent = bankTransferForm.parse({
    ...{ planItemId: made.depositId, amount: { amount: 40_000, currency: "USD" }, receivedOn: "2026-11-20" },
  });
  const { id: transferId } = valueOf(await recordBankTransfer(finance, sent, new Date()));
  const strays = async (reader: Parameters<typeof statementFor>[0] = made.patient) => {
    const read = await statementFor(reader, made.bookingId);
    return read && statementView(read, "en").strays;
  };
  const shown = [
    {
      amount: { amount: 40_000, currency: "USD" },
      text: expect.stringContaining("$400.00 arrived") as string,
    },
  ];
  expect(await strays()).toEqual(shown);
  expect(await strays(finance)).toEqual(shown);
  expect(await strays(await makePatient())).toBeNull();

  const back = { transferId, reason: "Other currency" };
  const { id } = valueOf(await proposeReturn(finance, back, new Date()));
  valueOf(await approveReturn(colleague, id, new Date()));
  expect(await strays()).toEqual([]);
  valueOf(await withdrawReturn(finance, id, "It pays in euros.", new Date()));
  expect(await strays()).toEqual(shown);
});
