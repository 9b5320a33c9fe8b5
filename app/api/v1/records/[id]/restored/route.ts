import { apiRoute } from "@/lib/infra/api";
import { askRestore } from "@/lib/records/ask-restore";
import { showRecord } from "@/lib/records/views/record";

export const POST = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  return call.json(showRecord(call.value(await askRestore(coordinator, call.id("id"), new Date()))), 202);
});
