import { bookingListForm } from "@/lib/bookings/forms";
import { bookingsFor } from "@/lib/bookings/queries";
import { bookingLineView, bookingView } from "@/lib/bookings/views/booking";
import { apiRoute } from "@/lib/infra/api";
import { holdBookingForm } from "@/lib/logistics/forms";
import { holdBooking } from "@/lib/logistics/hold-booking";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator", "finance", "clinic_manager", "clinic_reviewer");
  const now = new Date();
  const { items, next } = await bookingsFor(actor, call.query(bookingListForm));
  return call.json({ items: items.map((booking) => bookingLineView(booking, now)), next });
});

export const POST = apiRoute(async (call) => {
  const patient = call.as("patient");
  const now = new Date();
  const booking = call.value(await holdBooking(patient, call.body(holdBookingForm), now));
  return call.created(bookingView(booking, patient.role, now), `/api/v1/bookings/${booking.id}`);
});
