import { removeOutcome } from "@/lib/clinics/remove-outcome";
import { apiRoute } from "@/lib/infra/api";

export const DELETE = apiRoute(async (call) => {
  const manager = call.as("clinic_manager");
  call.value(await removeOutcome(manager, call.text("id")));
  return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
});
