import { apiRoute } from "@/lib/infra/api";
import { logisticsEventForm } from "@/lib/logistics/forms";
import { reportSupplierJob } from "@/lib/logistics/read-supplier-job";

export const POST = apiRoute(async (call) => {
  const form = call.body(logisticsEventForm);
  return call.json(
    call.value(await reportSupplierJob(call.text("token"), call.text("event"), form, new Date())),
  );
});
