import { apiRoute } from "@/lib/infra/api";
import { checkNames } from "@/lib/records/check-names";
import { checkNamesForm } from "@/lib/records/forms";

export const POST = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const form = call.body(checkNamesForm);
  return call.json(call.value(await checkNames(coordinator, call.id("id"), form, new Date())));
});
