import { publishedDevice } from "@/lib/guides/published";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => call.json(call.found(publishedDevice(call.text("slug")))));
