import { apiRoute } from "@/lib/infra/api";
import { opinionView } from "@/lib/payments/opinion-view";
import { askOpinion } from "@/lib/reviews/ask-opinion";
import { askOpinionForm } from "@/lib/reviews/forms";
import { opinionFor, opinionsOfCase } from "@/lib/reviews/read-opinions";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator");
  const opinions = call.found(await opinionsOfCase(actor, call.id("id")));
  return call.json({ items: opinions.map((opinion) => opinionView(opinion)), next: null });
});

export const POST = apiRoute(async (call) => {
  const patient = call.as("patient");
  const form = call.body(askOpinionForm);
  const { id } = call.value(await askOpinion(patient, call.id("id"), form, new Date()));
  return call.created(opinionView(call.found(await opinionFor(patient, id))), `/api/v1/opinions/${id}`);
});
