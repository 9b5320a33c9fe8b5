import { apiRoute } from "@/lib/infra/api";
import { caseViewOf } from "@/lib/cases/views";
import { caseForActor } from "@/lib/cases/queries";
import { takeCase } from "@/lib/cases/take-case";

export const POST = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const { id } = call.value(await takeCase(coordinator, call.id("id"), new Date()));
  return call.json(caseViewOf(call.found(await caseForActor(coordinator, id)), coordinator.role));
});
