import { mayVisitCase } from "@/lib/cases/open-case";
import { documentsOfCase } from "@/lib/documents/queries";
import { documentsView } from "@/lib/documents/views";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator", "finance", "clinic_reviewer", "clinic_manager");
  // Finance knows no cases, only the papers about the money of a booking.
  if (actor.role !== "finance") call.may(await mayVisitCase(actor, call.id("id"), new Date()));
  return call.json(documentsView(call.found(await documentsOfCase(actor, call.id("id")))));
});
