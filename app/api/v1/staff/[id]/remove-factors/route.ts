import { staffMemberFor } from "@/lib/desk/queries/staff";
import { staffView } from "@/lib/desk/views";
import { apiRoute } from "@/lib/infra/api";
import { removeFactorsForm } from "@/lib/people/forms";
import { removeFactors } from "@/lib/people/remove-factors";

export const POST = apiRoute(async (call) => {
  const admin = call.as("admin");
  call.confirmed();
  const id = call.id("id");
  call.value(await removeFactors(admin, id, call.body(removeFactorsForm), new Date()));
  return call.json(staffView(call.found(await staffMemberFor(admin, id))));
});
