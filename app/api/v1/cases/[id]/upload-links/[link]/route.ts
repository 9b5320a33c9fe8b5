import { apiRoute } from "@/lib/infra/api";
import { revokeLink } from "@/lib/records/revoke-link";

export const DELETE = apiRoute(async (call) => {
  const maker = call.as("patient", "coordinator");
  call.value(await revokeLink(maker, call.id("id"), call.id("link"), new Date()));
  return new Response(null, { status: 204 });
});
