import { staffMemberFor } from "@/lib/desk/queries/staff";
import { staffView } from "@/lib/desk/views";
import { apiRoute } from "@/lib/infra/api";
import { closeDoors } from "@/lib/people/close-doors";

export const POST = apiRoute(async (call) => {
  const admin = call.as("admin");
  call.confirmed();
  const id = call.id("id");
  call.value(await closeDoors(admin, id, new Date()));
  return call.json(staffView(call.found(await staffMemberFor(admin, id))));
});
