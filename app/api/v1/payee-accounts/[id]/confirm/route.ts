import { apiRoute } from "@/lib/infra/api";
import { confirmPayeeAccount } from "@/lib/payments/confirm-payee-account";

export const POST = apiRoute(async (call) => {
  const finance = call.as("finance");
  call.confirmed();
  return call.json(call.value(await confirmPayeeAccount(finance, call.id("id"), new Date())));
});
