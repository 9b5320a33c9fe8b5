import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { refused } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import type { AcceptOfferForm } from "./forms";
import { holdBooking } from "./hold-booking";
import { readOfferOwner } from "./read-waiting";

/**
 * Takes an offered day: the kept place becomes a hold of the whole care plan, all parts or none. Where an interpreter or a
 * driver cannot be won the answer says whom, and the place stays kept until the offer's own time is over.
 */
export async function acceptOffer(
  patient: Patient,
  offerId: string,
  form: AcceptOfferForm,
  now: Date,
): Promise<Awaited<ReturnType<typeof holdBooking>>> {
  const offered = await asPerson(patient, async (tx) => {
    const entry = await readOfferOwner(tx, patient, offerId);
    const offer = entry?.offers.find((one) => one.id === offerId);
    return entry && offer ? { estimateId: entry.estimateId, slotId: offer.slotId } : null;
  });
  if (!offered) return refused("not_found");
  return holdBooking(patient, { ...form, ...offered }, now, undefined, offerId);
}
