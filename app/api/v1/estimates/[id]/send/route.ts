import { sendEstimate } from "@/lib/estimates/send-estimate";
import { estimateView } from "@/lib/estimates/views";
import { apiRoute } from "@/lib/infra/api";

export const POST = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const now = new Date();
  return call.json(estimateView(call.value(await sendEstimate(coordinator, call.id("id"), now)), now));
});
