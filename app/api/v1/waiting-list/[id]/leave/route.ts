import { apiRoute } from "@/lib/infra/api";
import { leaveWaitingList } from "@/lib/logistics/leave-waiting-list";
import { waitingView } from "@/lib/logistics/views/waiting";

export const POST = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator");
  const now = new Date();
  const entry = call.value(await leaveWaitingList(actor, call.id("id"), now));
  return call.json(waitingView(entry, now));
});
