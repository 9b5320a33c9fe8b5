import { apiRoute } from "@/lib/infra/api";
import { cancelOpinion } from "@/lib/payments/cancel-opinion";
import { opinionView } from "@/lib/payments/opinion-view";
import { opinionFor } from "@/lib/reviews/read-opinions";

export const POST = apiRoute(async (call) => {
  const patient = call.as("patient");
  const { id } = call.value(await cancelOpinion(patient, call.id("id"), new Date()));
  return call.json(opinionView(call.found(await opinionFor(patient, id))));
});
