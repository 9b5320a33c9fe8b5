import { bookingFor } from "@/lib/bookings/queries";
import { planItemView } from "@/lib/bookings/views/plan-item";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator", "finance");
  const booking = call.found(await bookingFor(actor, call.id("id")));
  return call.json({ items: booking.planItems.map(planItemView), next: null });
});
