import { apiRoute } from "@/lib/infra/api";
import { eventStream } from "@/lib/infra/event-stream";
import { mayHear } from "@/lib/messages/queries";

export const GET = apiRoute(async (call) => {
  const person = call.as("coordinator", "patient", "clinic_reviewer", "clinic_manager");
  return eventStream(call.request.signal, (event) => mayHear(person, event));
});
