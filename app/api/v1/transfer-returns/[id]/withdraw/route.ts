import { apiRoute } from "@/lib/infra/api";
import { returnReasonForm } from "@/lib/payments/forms";
import { returnFor } from "@/lib/payments/read-returns";
import { returnView } from "@/lib/payments/return-view";
import { withdrawReturn } from "@/lib/payments/withdraw-return";

export const POST = apiRoute(async (call) => {
  const finance = call.as("finance");
  call.confirmed();
  const { reason } = call.body(returnReasonForm);
  const { id } = call.value(await withdrawReturn(finance, call.id("id"), reason, new Date()));
  return call.json(returnView(call.found(await returnFor(finance, id))));
});
