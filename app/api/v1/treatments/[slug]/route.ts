import { publishedTreatment } from "@/lib/guides/published";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => call.json(call.found(publishedTreatment(call.text("slug")))));
