import { apiRoute } from "@/lib/infra/api";
import { requestCallForm } from "@/lib/messages/forms";
import { callsOfCase } from "@/lib/messages/queries";
import { requestCall } from "@/lib/messages/request-call";

export const GET = apiRoute(async (call) => {
  const reader = call.as("patient", "coordinator");
  return call.json({ items: call.found(await callsOfCase(reader, call.id("id"))), next: null });
});

export const POST = apiRoute(async (call) => {
  const id = call.id("id");
  const asked = call.value(await requestCall(call.as("patient"), id, call.body(requestCallForm), new Date()));
  return call.created({ id: asked.id, dueAt: asked.dueAt.toISOString() }, `/api/v1/cases/${id}/calls`);
});
