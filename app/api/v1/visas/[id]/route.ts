import { apiRoute } from "@/lib/infra/api";
import { editVisa } from "@/lib/logistics/edit-visa";
import { editVisaForm } from "@/lib/logistics/forms";
import { visaFor } from "@/lib/logistics/queries";
import { visaView } from "@/lib/logistics/views/part";

export const GET = apiRoute(async (call) => {
  const actor = call.as("coordinator", "patient");
  return call.json(visaView(call.found(await visaFor(actor, call.id("id")))));
});

export const PATCH = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const id = call.id("id");
  return call.json(visaView(call.value(await editVisa(coordinator, id, call.body(editVisaForm)))));
});
