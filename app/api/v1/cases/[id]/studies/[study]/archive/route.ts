import { apiRoute } from "@/lib/infra/api";
import { problemOf } from "@/lib/infra/problem";
import { spend } from "@/lib/infra/rate-limit";
import { zipBody } from "@/lib/infra/zip";
import { refused } from "@/lib/kernel/outcome";
import { archiveHeaders } from "@/lib/records/content";
import { openStudy } from "@/lib/records/open-study";

export const GET = apiRoute(async (call) => {
  const viewer = call.as("patient", "coordinator", "clinic_reviewer", "clinic_manager");
  const retryAfter = await spend("study_archive", viewer.personId);
  if (retryAfter) throw problemOf(refused("too_many", { retryAfter }));
  const study = call.found(await openStudy(viewer, call.id("id"), call.text("study"), new Date()));
  return new Response(zipBody(study.files()), { headers: archiveHeaders(study.filename) });
});
