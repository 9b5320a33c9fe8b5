import { expect, it } from "vitest";
import { newId, newToken } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { recordPayment } from "@/lib/payments/record-payment";
import { settlePayment } from "@/lib/payments/settle-payment";
import { lookAt, makeLatePayment } from "@/tests/support/late";
import { testSystem } from "@/tests/support/people";
import { tellDispute } from "@/tests/support/refunds";
import { withBooks } from "@/tests/support/with-provider";

const provider = withBooks();
type Late = Awaited<ReturnType<typeof makeLatePayment>>;

/** A second page of the same deposit that was open all the time, paid last. */
async function payAfresh({ depositId, bookingId, caseId, patient, depositMinor, currency }: Late) {
  const id = newId();
  const page = { method: "card" as const, state: "expired" as const, idempotencyKey: newToken("test_") };
  const paid = { planItemId: depositId, bookingId, caseId, payerId: patient.personId };
  await asPerson(testSystem, async (tx) => {
    await tx.payment.create({ data: { id, ...page, ...paid, currency, amountMinor: depositMinor } });
    await recordPayment(tx, testSystem, id, {}, new Date());
  });
  return id;
}

/** What is held for a booking, by contract. */
async function heldBy(bookingId: string): Promise<Record<string, bigint>> {
  const rows = await openDb().ledgerEntry.groupBy({
    by: ["contract"],
    where: { bookingId, account: { in: ["client_funds_held", "operator_fee_deferred"] } },
    _sum: { amountMinor: true },
  });
  return Object.fromEntries(rows.map((row) => [row.contract ?? "none", -(row._sum.amountMinor ?? 0n)]));
}

it("fills the pockets of both contracts anew where the bank's loss had paid the whole refund of the first", async () => {
  const made = await makeLatePayment(provider());
  await settlePayment(testSystem, made.paymentId, new Date());
  await tellDispute(made.paymentId, "lost");
  await lookAt(made.paymentId);
  // The day was gone, the refund emptied the pockets, and the bank paid it: nothing is lost, and nothing is held.
  expect(Object.values(await heldBy(made.bookingId)).filter((sum) => sum !== 0n)).toEqual([]);

  await lookAt(await payAfresh(made), 2);
  const { contractAMinor, amountMinor } = await asPerson(testSystem, (tx) =>
    tx.planItem.findUniqueOrThrow({ where: { id: made.depositId } }),
  );
  expect(contractAMinor > 0n && contractAMinor < amountMinor).toBe(true);
  expect(await heldBy(made.bookingId)).toEqual({ A: contractAMinor, B: amountMinor - contractAMinor });
});
