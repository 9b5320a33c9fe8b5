import { apiRoute } from "@/lib/infra/api";
import { removeMeasurement } from "@/lib/records/remove-measurement";

export const DELETE = apiRoute(async (call) => {
  const author = call.as("patient", "coordinator", "clinic_reviewer");
  call.value(await removeMeasurement(author, call.id("id"), new Date()));
  return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
});
