import { apiRoute } from "@/lib/infra/api";
import { cancelCase } from "@/lib/cases/cancel-case";
import { caseViewOf } from "@/lib/cases/views";
import { cancelCaseForm } from "@/lib/cases/forms";
import { caseForActor } from "@/lib/cases/queries";

export const POST = apiRoute(async (call) => {
  const person = call.as("patient", "coordinator");
  const { id } = call.value(await cancelCase(person, call.id("id"), call.body(cancelCaseForm), new Date()));
  return call.json(caseViewOf(call.found(await caseForActor(person, id)), person.role));
});
