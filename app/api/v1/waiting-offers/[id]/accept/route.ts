import { bookingView } from "@/lib/bookings/views/booking";
import { apiRoute } from "@/lib/infra/api";
import { acceptOffer } from "@/lib/logistics/accept-offer";
import { acceptOfferForm } from "@/lib/logistics/forms";

export const POST = apiRoute(async (call) => {
  const patient = call.as("patient");
  const id = call.id("id");
  const now = new Date();
  const booking = call.value(await acceptOffer(patient, id, call.body(acceptOfferForm), now));
  return call.created(bookingView(booking, patient.role, now), `/api/v1/bookings/${booking.id}`);
});
