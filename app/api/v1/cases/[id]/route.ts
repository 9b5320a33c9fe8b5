import { apiRoute } from "@/lib/infra/api";
import { caseViewOf } from "@/lib/cases/views";
import { editCase } from "@/lib/cases/edit-case";
import { editCaseForm } from "@/lib/cases/forms";
import { openCase } from "@/lib/cases/open-case";
import { caseForActor } from "@/lib/cases/queries";

export const GET = apiRoute(async (call) => {
  const person = call.as("patient", "coordinator", "clinic_reviewer", "clinic_manager");
  const found = call.found(await openCase(person, call.id("id")));
  return call.json(caseViewOf(found, person.role));
});

export const PATCH = apiRoute(async (call) => {
  const person = call.as("patient", "coordinator");
  const { id } = call.value(await editCase(person, call.id("id"), call.body(editCaseForm), new Date()));
  return call.json(caseViewOf(call.found(await caseForActor(person, id)), person.role));
});
