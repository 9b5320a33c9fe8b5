import { addOutcome } from "@/lib/clinics/add-outcome";
import { outcomeForm } from "@/lib/clinics/forms/listing";
import { outcomeKey } from "@/lib/clinics/outcome";
import { ownListing } from "@/lib/clinics/queries/listing";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => {
  const { basis } = await ownListing(call.as("clinic_manager"));
  return call.json({ items: basis.outcomes.map((line) => ({ id: outcomeKey(line), ...line })), next: null });
});

export const POST = apiRoute(async (call) => {
  const manager = call.as("clinic_manager");
  const line = call.value(await addOutcome(manager, call.body(outcomeForm)));
  return call.created({ id: outcomeKey(line), ...line }, "/api/v1/cabinet/outcomes");
});
