import { apiRoute } from "@/lib/infra/api";
import { billContent } from "@/lib/payments/read-bill-content";

export const GET = apiRoute(async (call) => {
  const reader = call.as("patient", "clinic_manager", "clinic_reviewer", "coordinator", "finance");
  const { headers, body } = call.found(await billContent(reader, call.id("id")));
  return new Response(body, { headers });
});
