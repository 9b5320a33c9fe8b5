import { apiRoute } from "@/lib/infra/api";
import { readSupplierJob } from "@/lib/logistics/read-supplier-job";

export const GET = apiRoute(async (call) =>
  call.json(call.found(await readSupplierJob(call.text("token"), new Date()))),
);
