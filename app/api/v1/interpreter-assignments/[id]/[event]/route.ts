import { apiRoute } from "@/lib/infra/api";
import { logisticsEventForm } from "@/lib/logistics/forms";
import { moveAssignment } from "@/lib/logistics/move-assignment";
import { supplierLink } from "@/lib/logistics/read-supplier-job";
import { assignmentView } from "@/lib/logistics/views/part";

export const POST = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const form = call.body(logisticsEventForm);
  const moved = call.value(
    await moveAssignment(coordinator, call.id("id"), call.text("event"), form, new Date()),
  );
  return call.json(assignmentView(moved.row, moved.linkToken && supplierLink(moved.linkToken)));
});
