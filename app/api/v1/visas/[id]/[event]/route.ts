import { apiRoute } from "@/lib/infra/api";
import { logisticsEventForm } from "@/lib/logistics/forms";
import { moveVisa } from "@/lib/logistics/move-visa";
import { visaView } from "@/lib/logistics/views/part";

export const POST = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const form = call.body(logisticsEventForm);
  const row = call.value(await moveVisa(coordinator, call.id("id"), call.text("event"), form, new Date()));
  return call.json(visaView(row));
});
