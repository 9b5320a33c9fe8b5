import { apiRoute } from "@/lib/infra/api";
import { changeOrderView } from "@/lib/payments/price-change-view";
import { changeListForm, proposeChangeForm } from "@/lib/payments/forms";
import { proposeChange } from "@/lib/payments/propose-change-order";
import { changeOrdersFor } from "@/lib/payments/read-change-orders";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "clinic_manager", "clinic_reviewer", "coordinator", "finance");
  const now = new Date();
  const orders = await changeOrdersFor(actor, call.query(changeListForm));
  return call.json({ items: orders.map((order) => changeOrderView(order, now)), next: null });
});

export const POST = apiRoute(async (call) => {
  const author = call.as("clinic_manager", "clinic_reviewer", "coordinator");
  const now = new Date();
  const order = call.value(await proposeChange(author, call.body(proposeChangeForm), now));
  return call.created(changeOrderView(order, now), `/api/v1/change-orders/${order.id}`);
});
