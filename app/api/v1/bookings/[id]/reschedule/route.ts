import { bookingView } from "@/lib/bookings/views/booking";
import { apiRoute } from "@/lib/infra/api";
import { rescheduleForm } from "@/lib/logistics/forms";
import { rescheduleBooking } from "@/lib/logistics/reschedule-booking";

export const POST = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator");
  const id = call.id("id");
  const now = new Date();
  const booking = call.value(await rescheduleBooking(actor, id, call.body(rescheduleForm), now));
  return call.json(bookingView(booking, actor.role, now));
});
