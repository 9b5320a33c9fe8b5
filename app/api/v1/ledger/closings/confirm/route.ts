import { apiRoute } from "@/lib/infra/api";
import { confirmClosing } from "@/lib/payments/confirm-closing";
import { confirmMonthForm } from "@/lib/payments/forms";

export const POST = apiRoute(async (call) => {
  const finance = call.as("finance");
  call.confirmed();
  return call.json(call.value(await confirmClosing(finance, call.body(confirmMonthForm), new Date())));
});
