import { apiRoute } from "@/lib/infra/api";
import { approveRelease } from "@/lib/payments/approve-release";
import { accountIdForm } from "@/lib/payments/payee-form";

export const POST = apiRoute(async (call) => {
  const finance = call.as("finance");
  call.confirmed();
  const release = { ...call.body(accountIdForm), releaseId: call.id("id") };
  return call.json(call.value(await approveRelease(finance, release, new Date())));
});
