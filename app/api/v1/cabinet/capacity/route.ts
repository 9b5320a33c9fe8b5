import { setCapacityForm } from "@/lib/bookings/forms";
import { setCapacity } from "@/lib/bookings/set-capacity";
import { apiRoute } from "@/lib/infra/api";

export const PUT = apiRoute(async (call) => {
  const manager = call.as("clinic_manager");
  const items = call.value(await setCapacity(manager, call.body(setCapacityForm), new Date()));
  return call.json({ items, next: null });
});
