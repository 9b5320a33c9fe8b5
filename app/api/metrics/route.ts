import { identityOf } from "@/lib/infra/api";
import { isLoopback } from "@/lib/infra/client-address";
import { metricsText } from "@/lib/infra/metrics";
import { Problem } from "@/lib/infra/problem";
import { personAs } from "@/lib/infra/session";

export async function GET(request: Request): Promise<Response> {
  const identity = isLoopback(request.headers) ? null : await identityOf(request);
  if (!isLoopback(request.headers) && !(identity && personAs(identity, "admin")))
    return new Problem(404, "not_found").toResponse();
  const { text, contentType } = await metricsText();
  return new Response(text, { headers: { "content-type": contentType, "cache-control": "no-store" } });
}
