import { apiRoute } from "@/lib/infra/api";
import { recordCallForm } from "@/lib/messages/forms";
import { recordCall } from "@/lib/messages/record-call";

export const POST = apiRoute(async (call) => {
  const id = call.id("id");
  const made = call.value(
    await recordCall(call.as("coordinator"), id, call.body(recordCallForm), new Date()),
  );
  return call.created(made, `/api/v1/cases/${id}/calls`);
});
