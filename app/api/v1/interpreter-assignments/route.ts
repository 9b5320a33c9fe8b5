import { apiRoute } from "@/lib/infra/api";
import { createAssignment } from "@/lib/logistics/create-assignment";
import { createAssignmentForm, logisticsListForm } from "@/lib/logistics/forms";
import { assignmentsFor } from "@/lib/logistics/queries";
import { ASSIGNMENT_STATES } from "@/lib/logistics/interpreter-assignment";
import { assignmentView } from "@/lib/logistics/views/part";

export const GET = apiRoute(async (call) => {
  const actor = call.as("coordinator", "patient", "clinic_manager", "clinic_reviewer");
  const { items, next } = await assignmentsFor(actor, call.query(logisticsListForm), ASSIGNMENT_STATES);
  return call.json({ items: items.map((row) => assignmentView(row)), next });
});

export const POST = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const row = call.value(await createAssignment(coordinator, call.body(createAssignmentForm)));
  return call.created(assignmentView(row), `/api/v1/interpreter-assignments/${row.id}`);
});
