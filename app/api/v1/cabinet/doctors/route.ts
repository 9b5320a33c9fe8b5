import { addDoctor } from "@/lib/clinics/add-doctor";
import { doctorForm } from "@/lib/clinics/forms/listing";
import { ownListing } from "@/lib/clinics/queries/listing";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => {
  const { basis } = await ownListing(call.as("clinic_manager"));
  return call.json({ items: basis.doctors, next: null });
});

export const POST = apiRoute(async (call) => {
  const manager = call.as("clinic_manager");
  const doctor = call.value(await addDoctor(manager, call.body(doctorForm)));
  return call.created({ id: doctor.slug, ...doctor }, "/api/v1/cabinet/doctors");
});
