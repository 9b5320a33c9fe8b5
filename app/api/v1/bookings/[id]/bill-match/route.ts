import { apiRoute } from "@/lib/infra/api";
import { matchBillsForm } from "@/lib/payments/bill-form";
import { billsView } from "@/lib/payments/bill-view";
import { matchBills } from "@/lib/payments/match-bills";

export const POST = apiRoute(async (call) => {
  const matcher = call.as("clinic_manager", "finance");
  const matched = await matchBills(matcher, call.id("id"), call.body(matchBillsForm), new Date());
  return call.json(billsView(call.value(matched)));
});
