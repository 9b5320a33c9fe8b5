import { apiRoute } from "@/lib/infra/api";
import { changeOrderView } from "@/lib/payments/price-change-view";
import { declineChange } from "@/lib/payments/decline-change-order";
import { declineChangeForm } from "@/lib/payments/forms";

export const POST = apiRoute(async (call) => {
  const actor = call.as("patient", "clinic_manager", "clinic_reviewer", "coordinator");
  const now = new Date();
  const order = call.value(await declineChange(actor, call.id("id"), call.body(declineChangeForm), now));
  return call.json(changeOrderView(order, now));
});
