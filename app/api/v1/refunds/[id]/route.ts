import { apiRoute } from "@/lib/infra/api";
import { refundFor } from "@/lib/payments/queries";
import { refundView } from "@/lib/payments/views";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator", "finance");
  return call.json(refundView(call.found(await refundFor(actor, call.id("id")))));
});
