import { apiRoute } from "@/lib/infra/api";
import { changeOrderView } from "@/lib/payments/price-change-view";
import { confirmEmergency } from "@/lib/payments/confirm-emergency";
import { proveChangeForm } from "@/lib/payments/forms";

export const POST = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const now = new Date();
  const order = call.value(
    await confirmEmergency(coordinator, call.id("id"), call.body(proveChangeForm), now),
  );
  return call.json(changeOrderView(order, now));
});
