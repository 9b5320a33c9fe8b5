import { apiRoute } from "@/lib/infra/api";
import { changeOrderView } from "@/lib/payments/price-change-view";
import { changeOrderFor } from "@/lib/payments/read-change-orders";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "clinic_manager", "clinic_reviewer", "coordinator", "finance");
  const order = call.found(await changeOrderFor(actor, call.id("id")));
  return call.json(changeOrderView(order, new Date()));
});
