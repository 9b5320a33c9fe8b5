import { apiRoute } from "@/lib/infra/api";
import { refuseRefundForm } from "@/lib/payments/forms";
import { refundFor } from "@/lib/payments/queries";
import { refuseRefund } from "@/lib/payments/refuse-refund";
import { refundView } from "@/lib/payments/views";

export const POST = apiRoute(async (call) => {
  const finance = call.as("finance");
  const refusal = await refuseRefund(finance, call.id("id"), call.body(refuseRefundForm), new Date());
  return call.json(refundView(call.found(await refundFor(finance, call.value(refusal).id))));
});
