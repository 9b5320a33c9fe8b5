import { bookingFor } from "@/lib/bookings/queries";
import { bookingView } from "@/lib/bookings/views/booking";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator", "finance", "clinic_manager", "clinic_reviewer");
  return call.json(bookingView(call.found(await bookingFor(actor, call.id("id"))), actor.role, new Date()));
});
