import { apiRoute } from "@/lib/infra/api";
import { announceTransfer } from "@/lib/payments/announce-transfer";
import { announcedView } from "@/lib/payments/views";

export const POST = apiRoute(async (call) => {
  const payer = call.as("patient");
  return call.json(announcedView(call.value(await announceTransfer(payer, call.id("id"), new Date()))));
});
