import { completeBooking } from "@/lib/bookings/complete-booking";
import { bookingView } from "@/lib/bookings/views/booking";
import { apiRoute } from "@/lib/infra/api";

export const POST = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const now = new Date();
  const booking = call.value(await completeBooking(coordinator, call.id("id"), now));
  return call.json(bookingView(booking, coordinator.role, now));
});
