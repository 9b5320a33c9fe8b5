import { apiRoute } from "@/lib/infra/api";
import { holdCase } from "@/lib/cases/hold-case";
import { caseViewOf } from "@/lib/cases/views";
import { holdCaseForm } from "@/lib/cases/forms";
import { caseForActor } from "@/lib/cases/queries";

export const POST = apiRoute(async (call) => {
  const person = call.as("coordinator");
  const { id } = call.value(await holdCase(person, call.id("id"), call.body(holdCaseForm), new Date()));
  return call.json(caseViewOf(call.found(await caseForActor(person, id)), person.role));
});
