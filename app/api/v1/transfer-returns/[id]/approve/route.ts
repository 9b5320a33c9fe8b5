import { apiRoute } from "@/lib/infra/api";
import { approveReturn } from "@/lib/payments/approve-return";
import { returnFor } from "@/lib/payments/read-returns";
import { returnView } from "@/lib/payments/return-view";

export const POST = apiRoute(async (call) => {
  const finance = call.as("finance");
  call.confirmed();
  const { id } = call.value(await approveReturn(finance, call.id("id"), new Date()));
  return call.json(returnView(call.found(await returnFor(finance, id))));
});
