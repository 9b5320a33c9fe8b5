import { apiRoute } from "@/lib/infra/api";
import { opinionView } from "@/lib/payments/opinion-view";
import { payOpinion } from "@/lib/payments/pay-opinion";
import { paidOutForm } from "@/lib/reviews/forms";
import { opinionFor } from "@/lib/reviews/read-opinions";

export const POST = apiRoute(async (call) => {
  const finance = call.as("finance");
  call.confirmed();
  const { bankReference } = call.body(paidOutForm);
  const { id } = call.value(await payOpinion(finance, call.id("id"), bankReference, new Date()));
  return call.json(opinionView(call.found(await opinionFor(finance, id)), true));
});
