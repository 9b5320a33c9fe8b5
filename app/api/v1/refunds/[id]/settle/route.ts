import { apiRoute } from "@/lib/infra/api";
import { settleRefundForm } from "@/lib/payments/forms";
import { refundFor } from "@/lib/payments/queries";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import { refundView } from "@/lib/payments/views";

export const POST = apiRoute(async (call) => {
  const finance = call.as("finance");
  call.confirmed();
  const { bankReference } = call.body(settleRefundForm);
  const { id } = call.value(await settleBankRefund(finance, call.id("id"), new Date(), bankReference));
  return call.json(refundView(call.found(await refundFor(finance, id))));
});
