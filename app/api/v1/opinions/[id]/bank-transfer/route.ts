import { apiRoute } from "@/lib/infra/api";
import { announceOpinionTransfer } from "@/lib/payments/announce-opinion-transfer";
import { announcedView } from "@/lib/payments/views";

export const POST = apiRoute(async (call) => {
  const payer = call.as("patient");
  const now = new Date();
  return call.json(announcedView(call.value(await announceOpinionTransfer(payer, call.id("id"), now))));
});
