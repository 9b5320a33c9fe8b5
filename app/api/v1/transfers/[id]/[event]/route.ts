import { apiRoute } from "@/lib/infra/api";
import { logisticsEventForm } from "@/lib/logistics/forms";
import { moveTransfer } from "@/lib/logistics/move-transfer";
import { supplierLink } from "@/lib/logistics/read-supplier-job";
import { transferView } from "@/lib/logistics/views/part";

export const POST = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const form = call.body(logisticsEventForm);
  const moved = call.value(
    await moveTransfer(coordinator, call.id("id"), call.text("event"), form, new Date()),
  );
  return call.json(transferView(moved.row, moved.linkToken && supplierLink(moved.linkToken)));
});
