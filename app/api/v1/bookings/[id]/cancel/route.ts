import { cancelBookingForm } from "@/lib/bookings/forms";
import { bookingView } from "@/lib/bookings/views/booking";
import { apiRoute } from "@/lib/infra/api";
import { cancelBooking } from "@/lib/logistics/cancel-booking";

export const POST = apiRoute(async (call) => {
  const actor = call.as("patient", "clinic_manager", "coordinator");
  const id = call.id("id");
  const now = new Date();
  const booking = call.value(await cancelBooking(actor, id, call.body(cancelBookingForm), now));
  return call.json(bookingView(booking, actor.role, now));
});
