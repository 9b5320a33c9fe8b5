import { publishedClinic } from "@/lib/clinics/published";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) =>
  call.json(call.found(await publishedClinic(call.text("slug"), new Date()))),
);
