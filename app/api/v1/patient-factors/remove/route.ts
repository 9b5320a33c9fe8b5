import { apiRoute } from "@/lib/infra/api";
import { removePatientFactorsForm } from "@/lib/people/forms";
import { removePatientFactors } from "@/lib/people/remove-factors";

export const POST = apiRoute(async (call) => {
  const admin = call.as("admin");
  call.confirmed();
  call.value(await removePatientFactors(admin, call.body(removePatientFactorsForm), new Date()));
  return call.json({ status: "removed" });
});
