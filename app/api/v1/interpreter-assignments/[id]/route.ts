import { apiRoute } from "@/lib/infra/api";
import { editAssignment } from "@/lib/logistics/edit-assignment";
import { editAssignmentForm } from "@/lib/logistics/forms";
import { assignmentFor } from "@/lib/logistics/queries";
import { assignmentView } from "@/lib/logistics/views/part";

export const GET = apiRoute(async (call) => {
  const actor = call.as("coordinator", "patient", "clinic_manager", "clinic_reviewer");
  return call.json(assignmentView(call.found(await assignmentFor(actor, call.id("id")))));
});

export const PATCH = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const id = call.id("id");
  return call.json(
    assignmentView(call.value(await editAssignment(coordinator, id, call.body(editAssignmentForm)))),
  );
});
