import { apiRoute } from "@/lib/infra/api";
import { changeStage } from "@/lib/cases/change-stage";
import { caseViewOf } from "@/lib/cases/views";
import { changeStageForm } from "@/lib/cases/forms";
import { caseForActor } from "@/lib/cases/queries";

export const POST = apiRoute(async (call) => {
  const person = call.as("coordinator", "clinic_reviewer", "clinic_manager");
  const { id } = call.value(await changeStage(person, call.id("id"), call.body(changeStageForm), new Date()));
  return call.json(caseViewOf(call.found(await caseForActor(person, id)), person.role));
});
