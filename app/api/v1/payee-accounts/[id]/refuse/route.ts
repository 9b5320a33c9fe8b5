import { apiRoute } from "@/lib/infra/api";
import { whyNoAccountForm } from "@/lib/payments/payee-form";
import { refusePayeeAccount } from "@/lib/payments/refuse-payee-account";

export const POST = apiRoute(async (call) => {
  const finance = call.as("finance");
  const no = { ...call.body(whyNoAccountForm), accountId: call.id("id") };
  return call.json(call.value(await refusePayeeAccount(finance, no, new Date())));
});
