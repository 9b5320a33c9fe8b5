import { apiRoute } from "@/lib/infra/api";
import { closeItem } from "@/lib/records/close-item";
import { closeItemForm } from "@/lib/records/forms";
import { showChecklistLine } from "@/lib/records/views/record";

export const PATCH = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const place = { caseId: call.id("id"), item: call.text("item") };
  const line = call.value(await closeItem(coordinator, place, call.body(closeItemForm), new Date()));
  return call.json(showChecklistLine(line));
});
