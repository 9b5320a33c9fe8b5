import { searchForm } from "@/lib/clinics/forms/search";
import { searchJson } from "@/lib/clinics/published";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) =>
  call.written(call.value(await searchJson(call.query(searchForm), new Date()))),
);
