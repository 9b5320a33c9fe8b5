import { apiRoute } from "@/lib/infra/api";
import { payeeAccountForm } from "@/lib/payments/payee-form";
import { proposePayeeAccount } from "@/lib/payments/propose-payee-account";

export const POST = apiRoute(async (call) => {
  const finance = call.as("finance");
  call.confirmed();
  const account = { ...call.body(payeeAccountForm), releaseId: call.id("id") };
  const made = call.value(await proposePayeeAccount(finance, account, new Date()));
  return call.json(made, 201);
});
