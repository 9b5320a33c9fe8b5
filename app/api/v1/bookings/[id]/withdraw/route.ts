import { withdrawForm } from "@/lib/bookings/forms";
import { bookingView } from "@/lib/bookings/views/booking";
import { apiRoute } from "@/lib/infra/api";
import { withdrawContract } from "@/lib/logistics/withdraw-contract";

export const POST = apiRoute(async (call) => {
  const patient = call.as("patient");
  const id = call.id("id");
  const now = new Date();
  const booking = call.value(await withdrawContract(patient, id, call.body(withdrawForm), now));
  return call.json(bookingView(booking, "patient", now));
});
