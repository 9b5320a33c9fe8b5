import { deliverServiceForm } from "@/lib/bookings/forms";
import { recordDelivery } from "@/lib/payments/record-delivery";
import { dayOf } from "@/lib/kernel/day";
import { confirmedAgo, bookingNow, type Journey } from "./trips";
import type { Story } from "./story";

/** What no ride, talk or parcel tells of: the coordinator says that it was done, and what proves it. */
export async function markDeliveries(story: Story, { trip, bookingId }: Journey): Promise<void> {
  for (const { kind, daysAfter, note } of trip.marks ?? []) {
    const service = (await bookingNow(bookingId)).services.find((one) => one.kind === kind);
    if (!service) throw new Error(`${story.plot.key} has booked no ${kind}.`);
    await story.step(confirmedAgo(trip) - daysAfter, (now) => {
      const form = deliverServiceForm.parse({ serviceId: service.id, deliveredOn: dayOf(now), note });
      return recordDelivery(story.owner, form, now);
    });
  }
}
