import { publishedTreatments } from "@/lib/guides/published";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => call.json({ items: publishedTreatments(), next: null }));
