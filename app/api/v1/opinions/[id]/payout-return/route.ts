import { apiRoute } from "@/lib/infra/api";
import { opinionView } from "@/lib/payments/opinion-view";
import { recordPayoutReturn } from "@/lib/payments/record-payout-return";
import { paidOutForm } from "@/lib/reviews/forms";
import { opinionFor } from "@/lib/reviews/read-opinions";

export const POST = apiRoute(async (call) => {
  const finance = call.as("finance");
  call.confirmed();
  const { bankReference } = call.body(paidOutForm);
  const { id } = call.value(await recordPayoutReturn(finance, call.id("id"), bankReference, new Date()));
  return call.json(opinionView(call.found(await opinionFor(finance, id)), true));
});
