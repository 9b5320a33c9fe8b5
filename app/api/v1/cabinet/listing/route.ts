import { saveListingForm } from "@/lib/clinics/forms/listing";
import { ownListing } from "@/lib/clinics/queries/listing";
import { saveListing } from "@/lib/clinics/save-listing";
import { listingAnswer } from "@/lib/clinics/views/cabinet";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => {
  const manager = call.as("clinic_manager");
  return call.json(listingAnswer(await ownListing(manager)));
});

export const PUT = apiRoute(async (call) => {
  const manager = call.as("clinic_manager");
  call.value(await saveListing(manager, call.body(saveListingForm)));
  return call.json(listingAnswer(await ownListing(manager)));
});
