import { exportCase } from "@/lib/documents/export-case";
import { exportHeaders } from "@/lib/documents/views";
import { apiRoute } from "@/lib/infra/api";
import { zipBody } from "@/lib/infra/zip";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator");
  const exported = call.found(await exportCase(actor, call.id("id"), new Date()));
  return new Response(zipBody(exported.files()), { headers: exportHeaders(exported.filename) });
});
