import { apiRoute } from "@/lib/infra/api";
import { acceptChange } from "@/lib/payments/accept-change-order";
import { changeOrderView } from "@/lib/payments/price-change-view";
import { acceptChangeForm } from "@/lib/payments/forms";

export const POST = apiRoute(async (call) => {
  const patient = call.as("patient");
  const now = new Date();
  const order = call.value(await acceptChange(patient, call.id("id"), call.body(acceptChangeForm), now));
  return call.json(changeOrderView(order, now));
});
