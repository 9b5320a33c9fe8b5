import { searchForm } from "@/lib/clinics/forms/search";
import { searchClinics } from "@/lib/clinics/published";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) =>
  call.json(call.value(await searchClinics(call.query(searchForm), new Date()))),
);
