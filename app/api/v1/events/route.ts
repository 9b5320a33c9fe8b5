import { apiRoute } from "@/lib/infra/api";
import { eventStream } from "@/lib/infra/event-stream";
import { isStillSignedIn } from "@/lib/infra/session";
import { mayHear } from "@/lib/messages/queries";

export const GET = apiRoute(async (call) => {
  const person = call.as("coordinator", "patient", "clinic_reviewer", "clinic_manager");
  const { identity, request } = call;
  return eventStream({
    of: person.personId,
    signal: request.signal,
    allowed: (event) => mayHear(person, event),
    stillSignedIn: async () => identity !== null && (await isStillSignedIn(identity)),
  });
});
