import { apiRoute } from "@/lib/infra/api";
import { settleBillsForm } from "@/lib/payments/bill-form";
import { billsView } from "@/lib/payments/bill-view";
import { settleBills } from "@/lib/payments/settle-bills";

export const POST = apiRoute(async (call) => {
  const finance = call.as("finance");
  call.confirmed();
  const settled = await settleBills(finance, call.id("id"), call.body(settleBillsForm), new Date());
  return call.json(billsView(call.value(settled)));
});
