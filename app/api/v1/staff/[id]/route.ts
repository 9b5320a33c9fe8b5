import { staffMemberFor } from "@/lib/desk/queries/staff";
import { staffView } from "@/lib/desk/views";
import { apiRoute } from "@/lib/infra/api";
import { changeRoles } from "@/lib/people/change-roles";
import { changeRolesForm } from "@/lib/people/forms";

export const GET = apiRoute(async (call) => {
  const admin = call.as("admin");
  return call.json(staffView(call.found(await staffMemberFor(admin, call.id("id")))));
});

export const PATCH = apiRoute(async (call) => {
  const admin = call.as("admin");
  call.confirmed();
  const id = call.id("id");
  call.value(await changeRoles(admin, id, call.body(changeRolesForm), new Date()));
  return call.json(staffView(call.found(await staffMemberFor(admin, id))));
});
