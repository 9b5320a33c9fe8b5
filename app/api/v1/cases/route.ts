import { apiRoute } from "@/lib/infra/api";
import { caseLineViewOf, caseViewOf } from "@/lib/cases/views";
import { casesQuery, startCaseForm } from "@/lib/cases/forms";
import { caseForActor, casesForActor } from "@/lib/cases/queries";
import { startCase } from "@/lib/cases/start-case";

export const POST = apiRoute(async (call) => {
  const patient = call.as("patient");
  const { id } = call.value(await startCase(patient, call.body(startCaseForm), new Date()));
  const started = call.found(await caseForActor(patient, id));
  return call.created(caseViewOf(started, patient.role), `/api/v1/cases/${id}`);
});

export const GET = apiRoute(async (call) => {
  const person = call.as("patient", "coordinator", "clinic_reviewer", "clinic_manager");
  const page = await casesForActor(person, call.query(casesQuery));
  return call.json({ ...page, items: page.items.map((one) => caseLineViewOf(one, person.role)) });
});
