import { apiRoute } from "@/lib/infra/api";
import { submitCase } from "@/lib/cases/submit-case";
import { caseViewOf } from "@/lib/cases/views";
import { submitCaseForm } from "@/lib/cases/forms";
import { caseForActor } from "@/lib/cases/queries";

export const POST = apiRoute(async (call) => {
  const person = call.as("patient");
  const { id } = call.value(await submitCase(person, call.id("id"), call.body(submitCaseForm), new Date()));
  return call.json(caseViewOf(call.found(await caseForActor(person, id)), person.role));
});
