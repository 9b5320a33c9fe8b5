import { apiRoute } from "@/lib/infra/api";

/** An address the API does not have is told as a problem, like everything else it refuses. */
const unknown = apiRoute(async (call) => call.found<Response>(null));

export { unknown as DELETE, unknown as GET, unknown as PATCH, unknown as POST, unknown as PUT };
