import { apiRoute } from "@/lib/infra/api";
import { startCheckout } from "@/lib/payments/start-checkout";
import { checkoutForm, checkoutView } from "@/lib/payments/views";

export const POST = apiRoute(async (call) => {
  const payer = call.as("patient");
  const { amount } = call.body(checkoutForm);
  const partMinor = amount === undefined ? null : BigInt(amount);
  const started = call.value(await startCheckout(payer, call.id("id"), new Date(), partMinor));
  return call.json(checkoutView(started));
});
