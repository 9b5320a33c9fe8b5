import { removeDoctor } from "@/lib/clinics/remove-doctor";
import { apiRoute } from "@/lib/infra/api";

export const DELETE = apiRoute(async (call) => {
  const manager = call.as("clinic_manager");
  call.value(await removeDoctor(manager, call.text("slug")));
  return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
});
