import { apiRoute } from "@/lib/infra/api";
import { waitingFor } from "@/lib/logistics/read-waiting";
import { waitingView } from "@/lib/logistics/views/waiting";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator");
  const entry = call.found(await waitingFor(actor, call.id("id")));
  return call.json(waitingView(entry, new Date()));
});
