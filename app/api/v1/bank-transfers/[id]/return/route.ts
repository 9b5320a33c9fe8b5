import { apiRoute } from "@/lib/infra/api";
import { returnReasonForm } from "@/lib/payments/forms";
import { proposeReturn } from "@/lib/payments/propose-return";
import { returnFor } from "@/lib/payments/read-returns";
import { returnView } from "@/lib/payments/return-view";

export const POST = apiRoute(async (call) => {
  const finance = call.as("finance");
  const wish = { ...call.body(returnReasonForm), transferId: call.id("id") };
  const { id } = call.value(await proposeReturn(finance, wish, new Date()));
  const proposed = returnView(call.found(await returnFor(finance, id)));
  return call.created(proposed, `/api/v1/transfer-returns/${id}`);
});
