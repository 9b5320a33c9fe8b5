import { API_OPERATIONS } from "@/lib/desk/operations";
import { openApiOf } from "@/lib/infra/openapi";

export function GET(): Response {
  // A relative server address: the description is right wherever it is served.
  return Response.json(openApiOf(API_OPERATIONS, "/api/v1"), {
    headers: { "cache-control": "public, max-age=300" },
  });
}
