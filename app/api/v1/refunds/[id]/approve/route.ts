import { apiRoute } from "@/lib/infra/api";
import { approveRefundForm } from "@/lib/payments/approval-form";
import { approveRefund } from "@/lib/payments/approve-refund";
import { refundFor } from "@/lib/payments/queries";
import { refundView } from "@/lib/payments/views";

export const POST = apiRoute(async (call) => {
  const finance = call.as("finance");
  call.confirmed();
  const { proof } = call.body(approveRefundForm);
  const { id } = call.value(await approveRefund(finance, call.id("id"), new Date(), proof ?? null));
  return call.json(refundView(call.found(await refundFor(finance, id))));
});
