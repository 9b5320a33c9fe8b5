import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { asPerson, openDb } from "@/lib/infra/db";
import { makePaidBooking, type Provider } from "./payments";
import { testSystem } from "./people";

/** A date that stands, whose balance of 2,000.00 is to be paid: 600.00 of it for the hospital. */
export async function makeBalance(provider: Provider, inDays = 5) {
  const made = await makePaidBooking(provider);
  await asPerson(testSystem, async (tx) => {
    await tx.booking.update({
      where: { id: made.bookingId },
      data: { state: "confirmed", confirmedAt: new Date(), confirmedById: made.patient.personId },
    });
    await tx.planItem.update({
      where: { id: made.balanceId },
      data: { state: "due", contractAMinor: 60_000n, dueOn: dateOf(addDays(dayOf(new Date()), inDays)) },
    });
  });
  return made;
}

export const balanceNow = ({ balanceId }: { balanceId: string }) =>
  asPerson(testSystem, (tx) => tx.planItem.findUniqueOrThrow({ where: { id: balanceId } }));

export const paymentsOf = (planItemId: string) =>
  asPerson(testSystem, (tx) => tx.payment.findMany({ where: { planItemId }, orderBy: { createdAt: "asc" } }));

export const statesOf = async (planItemId: string) =>
  (await paymentsOf(planItemId)).map(({ state }) => state);

/** What an account holds of a booking, as a positive sum. */
export async function totalOf(
  bookingId: string,
  account: "client_funds_held" | "operator_fee_deferred",
  contract: "A" | "B" | null,
): Promise<bigint> {
  const { _sum } = await openDb().ledgerEntry.aggregate({
    where: { bookingId, account, contract },
    _sum: { amountMinor: true },
  });
  return -(_sum.amountMinor ?? 0n);
}
