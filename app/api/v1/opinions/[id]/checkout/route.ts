import { apiRoute } from "@/lib/infra/api";
import { startOpinionCheckout } from "@/lib/payments/start-checkout";
import { checkoutView } from "@/lib/payments/views";

export const POST = apiRoute(async (call) => {
  const payer = call.as("patient");
  return call.json(checkoutView(call.value(await startOpinionCheckout(payer, call.id("id"), new Date()))));
});
