import { apiRoute } from "@/lib/infra/api";
import { labelRecordForm } from "@/lib/records/forms";
import { labelRecord } from "@/lib/records/label-record";
import { showRecord } from "@/lib/records/views/record";

export const PUT = apiRoute(async (call) => {
  const patient = call.as("patient");
  const id = call.id("id");
  return call.json(showRecord(call.value(await labelRecord(patient, id, call.body(labelRecordForm)))));
});
