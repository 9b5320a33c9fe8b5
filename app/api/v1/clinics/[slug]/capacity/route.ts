import { capacityForm } from "@/lib/bookings/forms";
import { freeSlots } from "@/lib/bookings/published";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => {
  const items = call.found(await freeSlots(call.text("slug"), call.query(capacityForm), new Date()));
  return call.json({ items, next: null });
});
