import { apiRoute } from "@/lib/infra/api";
import { returnReasonForm } from "@/lib/payments/forms";
import { returnFor } from "@/lib/payments/read-returns";
import { refuseReturn } from "@/lib/payments/refuse-return";
import { returnView } from "@/lib/payments/return-view";

export const POST = apiRoute(async (call) => {
  const finance = call.as("finance");
  const { reason } = call.body(returnReasonForm);
  const { id } = call.value(await refuseReturn(finance, call.id("id"), reason, new Date()));
  return call.json(returnView(call.found(await returnFor(finance, id))));
});
