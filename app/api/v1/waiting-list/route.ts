import { apiRoute } from "@/lib/infra/api";
import { joinWaitingForm, waitingListForm } from "@/lib/logistics/forms";
import { joinWaitingList } from "@/lib/logistics/join-waiting-list";
import { waitingEntries } from "@/lib/logistics/read-waiting";
import { waitingView } from "@/lib/logistics/views/waiting";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator");
  const now = new Date();
  const { items, next } = await waitingEntries(actor, call.query(waitingListForm));
  return call.json({ items: items.map((entry) => waitingView(entry, now)), next });
});

export const POST = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator");
  const now = new Date();
  const entry = call.value(await joinWaitingList(actor, call.body(joinWaitingForm), now));
  return call.created(waitingView(entry, now), `/api/v1/waiting-list/${entry.id}`);
});
