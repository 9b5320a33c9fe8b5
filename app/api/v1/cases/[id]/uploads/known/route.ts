import { apiRoute } from "@/lib/infra/api";
import { findKnown } from "@/lib/records/find-known";
import { knownFilesForm } from "@/lib/records/forms";

export const POST = apiRoute(async (call) => {
  const uploader = call.as("patient", "coordinator", "clinic_reviewer", "clinic_manager");
  const asked = call.body(knownFilesForm);
  const items = call.found(await findKnown(uploader, call.id("id"), asked, new Date()));
  return call.json({ items, next: null });
});
