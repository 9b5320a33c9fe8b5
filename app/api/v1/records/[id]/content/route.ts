import { apiRoute } from "@/lib/infra/api";
import { Problem } from "@/lib/infra/problem";
import { beginContent } from "@/lib/records/begin-content";
import { contentHeaders } from "@/lib/records/content";
import { openRecord } from "@/lib/records/open-record";

export const GET = apiRoute(async (call) => {
  const viewer = call.as("patient", "coordinator", "clinic_reviewer", "clinic_manager");
  const opened = await openRecord(viewer, call.id("id"), call.request.headers.get("range"), new Date());
  if (!opened.ok && opened.reason === "range_unsatisfiable") {
    const answer = new Problem(416, "range_unsatisfiable").toResponse();
    answer.headers.set("content-range", `bytes */${opened.detail.sizeBytes}`);
    return answer;
  }
  const file = call.value(opened);
  const headers = contentHeaders(file);
  return new Response(await beginContent(file), { status: file.isPart ? 206 : 200, headers });
});
