import { apiRoute } from "@/lib/infra/api";
import { messagesQuery, postMessageForm } from "@/lib/messages/forms";
import { postMessage } from "@/lib/messages/post-message";
import { messagesOfCase } from "@/lib/messages/queries";
import { messageViewOf } from "@/lib/messages/views";

export const GET = apiRoute(async (call) => {
  const writer = call.as("coordinator", "patient", "clinic_reviewer", "clinic_manager");
  const page = call.found(await messagesOfCase(writer, call.id("id"), call.query(messagesQuery)));
  return call.json({
    items: page.items.map((facts) => messageViewOf(facts, writer.personId)),
    next: page.next,
  });
});

export const POST = apiRoute(async (call) => {
  const writer = call.as("coordinator", "patient", "clinic_reviewer", "clinic_manager");
  const id = call.id("id");
  const facts = call.value(await postMessage(writer, id, call.body(postMessageForm), new Date()));
  return call.created(messageViewOf(facts, writer.personId), `/api/v1/cases/${id}/messages`);
});
