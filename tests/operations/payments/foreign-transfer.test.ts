import { expect, it } from "vitest";
import { bankTransferForm } from "@/lib/payments/forms";
import { statementFor } from "@/lib/payments/read-statement";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { valueOf } from "../../support/outcomes";
import { makeUnpaidBooking } from "../../support/payments";
import { makeFinance } from "../../support/people";

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
