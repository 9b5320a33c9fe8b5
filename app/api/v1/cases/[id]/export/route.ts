import { exportCase } from "@/lib/documents/export-case";
import { exportHeaders } from "@/lib/documents/views";
import { apiRoute } from "@/lib/infra/api";
import { problemOf } from "@/lib/infra/problem";
import { spend } from "@/lib/infra/rate-limit";
import { zipBody } from "@/lib/infra/zip";
import { refused } from "@/lib/kernel/outcome";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator");
  const retryAfter = await spend("case_export", actor.personId);
  if (retryAfter) throw problemOf(refused("too_many", { retryAfter }));
  const exported = call.found(await exportCase(actor, call.id("id"), new Date()));
  return new Response(zipBody(exported.files()), { headers: exportHeaders(exported.filename) });
});
