import { isOwnAsk } from "@/lib/infra/page-keeper";
import { Problem } from "@/lib/infra/problem";
import { renewCentrePages } from "@/lib/infra/public-pages";

/** Asked by this very process when the catalogue has changed: only within a request may Next be told so. */
export function POST(request: Request): Response {
  if (!isOwnAsk(request.headers)) return new Problem(404, "not_found").toResponse();
  renewCentrePages();
  return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
}
