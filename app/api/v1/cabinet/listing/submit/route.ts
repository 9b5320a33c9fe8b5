import { ownListing } from "@/lib/clinics/queries/listing";
import { submitListing } from "@/lib/clinics/submit-listing";
import { revisionAnswer } from "@/lib/clinics/views/cabinet";
import { apiRoute } from "@/lib/infra/api";

export const POST = apiRoute(async (call) => {
  const manager = call.as("clinic_manager");
  const { revisionId } = call.value(await submitListing(manager, new Date()));
  const { revisions } = await ownListing(manager);
  const submitted = revisions.find((revision) => revision.id === revisionId) ?? null;
  return call.json(revisionAnswer(call.found(submitted)));
});
