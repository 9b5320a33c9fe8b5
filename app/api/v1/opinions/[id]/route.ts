import { apiRoute } from "@/lib/infra/api";
import { opinionView } from "@/lib/payments/opinion-view";
import { opinionFor } from "@/lib/reviews/read-opinions";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator", "finance");
  const opinion = call.found(await opinionFor(actor, call.id("id")));
  return call.json(opinionView(opinion, actor.role === "finance"));
});
