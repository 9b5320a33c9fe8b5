import { documentContent } from "@/lib/documents/queries";
import { contentHeaders } from "@/lib/documents/views";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator", "finance", "clinic_reviewer", "clinic_manager");
  const { document, pdf } = call.found(await documentContent(actor, call.id("id")));
  return new Response(new Uint8Array(pdf), { headers: contentHeaders(document) });
});
