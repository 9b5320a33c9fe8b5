import { apiRoute } from "@/lib/infra/api";
import { assignCase } from "@/lib/cases/assign-case";
import { caseViewOf } from "@/lib/cases/views";
import { assignCaseForm } from "@/lib/cases/forms";
import { caseForActor } from "@/lib/cases/queries";

export const POST = apiRoute(async (call) => {
  const person = call.as("coordinator");
  const { id } = call.value(await assignCase(person, call.id("id"), call.body(assignCaseForm), new Date()));
  return call.json(caseViewOf(call.found(await caseForActor(person, id)), person.role));
});
