import { confirmBooking } from "@/lib/bookings/confirm-booking";
import { confirmBookingForm } from "@/lib/bookings/forms";
import { bookingView } from "@/lib/bookings/views/booking";
import { apiRoute } from "@/lib/infra/api";

export const POST = apiRoute(async (call) => {
  const manager = call.as("clinic_manager");
  const now = new Date();
  const { slotId } = call.body(confirmBookingForm);
  const booking = call.value(await confirmBooking(manager, call.id("id"), now, slotId ?? null));
  return call.json(bookingView(booking, manager.role, now));
});
