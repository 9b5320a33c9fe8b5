import { publishedDevices } from "@/lib/guides/published";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => call.json({ items: publishedDevices(), next: null }));
