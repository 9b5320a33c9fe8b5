import { apiRoute } from "@/lib/infra/api";
import { removeMeasurement } from "@/lib/records/remove-measurement";

export const DELETE = apiRoute(async (call) => {
  call.value(await removeMeasurement(call.as("coordinator", "clinic_reviewer"), call.id("id"), new Date()));
  return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
});
