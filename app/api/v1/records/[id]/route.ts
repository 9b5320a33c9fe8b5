import { apiRoute } from "@/lib/infra/api";
import { eraseRecord } from "@/lib/records/erase-record";
import { judgeRecordForm } from "@/lib/records/forms";
import { judgeRecord } from "@/lib/records/judge-record";
import { readRecord } from "@/lib/records/read-record";
import { showRecord } from "@/lib/records/views/record";

export const GET = apiRoute(async (call) => {
  const viewer = call.as("patient", "coordinator", "clinic_reviewer", "clinic_manager");
  return call.json(showRecord(call.found(await readRecord(viewer, call.id("id"), new Date()))));
});

export const PATCH = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const id = call.id("id");
  return call.json(
    showRecord(call.value(await judgeRecord(coordinator, id, call.body(judgeRecordForm), new Date()))),
  );
});

export const DELETE = apiRoute(async (call) => {
  const person = call.as("patient", "coordinator");
  call.value(await eraseRecord(person, call.id("id"), new Date()));
  return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
});
