import { apiRoute } from "@/lib/infra/api";
import { restoreRecord } from "@/lib/records/restore-record";
import { showRecord } from "@/lib/records/views/record";

export const POST = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  return call.json(showRecord(call.value(await restoreRecord(coordinator, call.id("id"), new Date()))));
});
