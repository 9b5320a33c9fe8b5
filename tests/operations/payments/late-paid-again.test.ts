import { describe, expect, it } from "vitest";
import { newId, newToken } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { recordPayment } from "@/lib/payments/record-payment";
import { refundsNow } from "@/tests/support/bills";
import { bookingNow } from "@/tests/support/bookings";
import { booked } from "@/tests/support/invoices";
import { backOf, type Late, lookAt, makeRecordedLate } from "@/tests/support/late";
import { testSystem } from "@/tests/support/people";
import { tellDispute } from "@/tests/support/refunds";
import { withBooks } from "@/tests/support/with-provider";

const provider = withBooks();

const now = () => new Date();

/** A second page of the same deposit, paid later still. */
async function payAgain({ depositId: planItemId, bookingId, caseId, patient, depositMinor, currency }: Late) {
  const id = newId();
  await asPerson(testSystem, async (tx) => {
    await tx.payment.create({
      data: {
        ...{
          id,
          planItemId,
          bookingId,
          caseId,
          payerId: patient.personId,
          currency,
          amountMinor: depositMinor,
        },
        ...{ method: "card", state: "expired", idempotencyKey: newToken("test_"), createdAt: now() },
      },
    });
    await recordPayment(tx, testSystem, id, {}, now());
  });
  return id;
}

describe("a deposit that is paid again after its payer's bank took the first", () => {
  it.each([true, false])(
    "wins the day, whether the first was followed before or not: %s",
    async (isFollowed) => {
      const made = await makeRecordedLate(provider());
      await tellDispute(made.paymentId, "lost");
      if (isFollowed) await lookAt(made.paymentId);
      const again = await payAgain(made);
      await lookAt(again, 2);
      await lookAt(made.paymentId);

      expect((await bookingNow(made.bookingId)).state).toBe("awaiting_centre");
      const slot = await openDb().procedureSlot.findUniqueOrThrow({ where: { id: made.slot.id } });
      expect(slot.taken).toBe(1);
      const books = await booked(made.bookingId);
      expect(books).toMatchObject({ psp_clearing: 350_000n, write_off: 0n });
      expect((await backOf(made)).filter(([state]) => state !== "refused")).toEqual([]);
    },
  );

  it("goes back where somebody else has the day, and nothing of the first with it", async () => {
    const made = await makeRecordedLate(provider());
    await tellDispute(made.paymentId, "lost");
    const again = await payAgain(made);
    await openDb().procedureSlot.update({ where: { id: made.slot.id }, data: { taken: 1 } });
    await lookAt(made.paymentId, 2);
    await lookAt(again, 2);

    const back = (await refundsNow(made.bookingId)).filter(({ state }) => state === "approved");
    expect(back).toMatchObject([{ paymentId: again, amountMinor: 350_000n }]);
    const books = await booked(made.bookingId);
    expect(books).toMatchObject({ client_funds_held: 0n, refund_payable: -350_000n, write_off: 0n });
  });
});
