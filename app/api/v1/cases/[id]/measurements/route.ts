import { mayVisitCase } from "@/lib/cases/open-case";
import { apiRoute } from "@/lib/infra/api";
import { addMeasurements } from "@/lib/records/add-measurements";
import { addMeasurementsForm } from "@/lib/records/forms";
import { measurementsOfCase } from "@/lib/records/queries";
import { showMeasurement } from "@/lib/records/views/measurement";

export const GET = apiRoute(async (call) => {
  const reader = call.as("patient", "coordinator", "clinic_reviewer", "clinic_manager");
  const id = call.id("id");
  // Numbers are a part of the case: who reads them has looked at it.
  const mayLook = await mayVisitCase(reader, id, new Date());
  const found = call.found(mayLook ? await measurementsOfCase(reader, id) : null);
  return call.json({ items: found.map(showMeasurement), next: null });
});

export const POST = apiRoute(async (call) => {
  const id = call.id("id");
  const author = call.as("patient", "coordinator", "clinic_reviewer");
  const added = call.value(await addMeasurements(author, id, call.body(addMeasurementsForm), new Date()));
  return call.created(added, `/api/v1/cases/${id}/measurements`);
});
