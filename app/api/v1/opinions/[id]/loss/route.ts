import { apiRoute } from "@/lib/infra/api";
import { noteFeeLoss } from "@/lib/payments/note-fee-loss";
import { opinionView } from "@/lib/payments/opinion-view";
import { opinionFor } from "@/lib/reviews/read-opinions";

export const POST = apiRoute(async (call) => {
  const finance = call.as("finance");
  call.confirmed();
  const { id } = call.value(await noteFeeLoss(finance, call.id("id"), new Date()));
  return call.json(opinionView(call.found(await opinionFor(finance, id)), true));
});
