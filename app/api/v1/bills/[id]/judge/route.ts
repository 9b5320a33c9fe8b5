import { apiRoute } from "@/lib/infra/api";
import { judgeBillForm } from "@/lib/payments/bill-form";
import { billsView } from "@/lib/payments/bill-view";
import { judgeBill } from "@/lib/payments/judge-bill";

export const POST = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const judged = await judgeBill(coordinator, call.id("id"), call.body(judgeBillForm), new Date());
  return call.json(billsView(call.value(judged)));
});
