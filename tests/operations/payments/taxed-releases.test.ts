import { beforeEach, expect, it } from "vitest";
import { payRelease } from "@/lib/payments/pay-release";
import { releaseView } from "@/lib/payments/payee-view";
import { proposeRelease } from "@/lib/payments/propose-release";
import { releasableFor } from "@/lib/payments/read-releasable";
import { endedReleasesFor } from "@/lib/payments/read-releases";
import { statementFor } from "@/lib/payments/read-statement";
import { releaseKey } from "@/lib/payments/release";
import { statementView } from "@/lib/payments/statement-view";
import { booked, makeTaxSettings } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeFinance } from "@/tests/support/people";
import { approveRelease, makeDriven } from "@/tests/support/releases";

const now = () => new Date();
beforeEach(makeTaxSettings);

it("names the sum that leaves the bank to finance, and to the payer what of theirs went to the tax office", async () => {
  const { bookingId, patient } = await makeDriven();
  const finance = await makeFinance();
  const group = (await releasableFor(finance)).due.find((one) => one.bookingId === bookingId);
  if (!group) throw new Error("Nothing is due.");
  const form = { bookingId, contract: group.contract, payee: "Rides GmbH", key: releaseKey(group) };
  const { id } = valueOf(await proposeRelease(finance, form, now()));
  const other = await makeFinance();
  valueOf(await approveRelease(other, id, now()));
  const passed = async () => {
    const read = await statementFor(patient, bookingId, now());
    return read && statementView(read, "en").passed.map(({ text }) => text);
  };
  expect(await passed()).toEqual([
    "€500.00 for the services around your treatment: €420.17 to those who did them, and €79.83 tax within their price to the tax office.",
  ]);
  const before = (await booked(bookingId))["psp_clearing"] ?? 0n;
  valueOf(await payRelease(other, { releaseId: id, bankReference: "SEPA 1" }, now()));
  const leftMinor = before - ((await booked(bookingId))["psp_clearing"] ?? 0n);
  const row = (await endedReleasesFor(finance)).items.find((one) => one.id === id);
  expect(row && releaseView(row)).toMatchObject({
    ...{ amount: { amount: 50_000 }, tax: { amount: 7_983 } },
    payable: { amount: Number(leftMinor), currency: "EUR" },
  });
  expect(leftMinor).toBe(42_017n);
});
