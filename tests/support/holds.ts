import { openDb } from "@/lib/infra/db";
import { holdBooking } from "@/lib/logistics/hold-booking";
import { holdForm, type Holding } from "./bookings";
import type { AcceptedCase } from "./estimates";
import { makeManyReady, type ReadyLine } from "./many-cases";

let cities = 0;
/** A city of its own, so that interpreters and drivers of other tests are never in reach. */
export function newCity(): { city: string; country: string } {
  cities += 1;
  return { city: `City ${process.pid} ${Date.now()} ${cities}`, country: "DE" };
}
/** A language of its own: interpreters may come from anywhere in the country. */
export const newLanguage = () =>
  String.fromCharCode(...[0, 1, 2].map(() => 97 + Math.floor(Math.random() * 26)));

export const hold = (one: Holding, more: Record<string, unknown> = {}) =>
  holdBooking(one.patient, holdForm(one, more), new Date());
export const slotNow = (id: string | undefined) =>
  openDb().procedureSlot.findUniqueOrThrow({ where: { id: id ?? "" } });
export const liveClaims = (bookingId: string) =>
  openDb().claim.count({ where: { bookingId, state: { in: ["held", "booked"] } } });

export const part = (kind: string, amountMinor = 1n, contract: "A" | "B" = "B"): ReadyLine => ({
  kind,
  contract,
  amountMinor,
});
const core = [part("treatment", 3_000_000n, "A"), part("operator_fee", 200_000n)];

export async function makeMany(count: number, clinic: AcceptedCase["clinic"], more: ReadyLine[] = []) {
  const ready = await makeManyReady(count, clinic, [...core, ...more]);
  return ready.map((one) => ({ ...one, clinic, estimate: { id: one.estimateId } }));
}
