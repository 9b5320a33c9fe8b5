import { signForm } from "@/lib/bookings/forms";
import { signContract } from "@/lib/bookings/sign-contract";
import { bookingView } from "@/lib/bookings/views/booking";
import { apiRoute } from "@/lib/infra/api";

export const POST = apiRoute(async (call) => {
  const patient = call.as("patient");
  const id = call.id("id");
  const now = new Date();
  const booking = call.value(await signContract(patient, id, call.body(signForm), now));
  return call.json(bookingView(booking, patient.role, now));
});
