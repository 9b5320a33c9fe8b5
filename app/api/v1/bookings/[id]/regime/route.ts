import { decideRegime } from "@/lib/bookings/decide-regime";
import { regimeForm } from "@/lib/bookings/forms";
import { bookingView } from "@/lib/bookings/views/booking";
import { apiRoute } from "@/lib/infra/api";

export const POST = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const now = new Date();
  const decided = await decideRegime(coordinator, call.id("id"), call.body(regimeForm), now);
  return call.json(bookingView(call.value(decided), coordinator.role, now));
});
