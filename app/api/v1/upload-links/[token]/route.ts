import { apiRoute } from "@/lib/infra/api";
import { clientAddress } from "@/lib/infra/client-address";
import { Problem } from "@/lib/infra/problem";
import { linkPageOf } from "@/lib/records/open-link";

export const GET = apiRoute(async (call) => {
  const found = await linkPageOf(call.text("token"), clientAddress(call.request.headers), new Date());
  if (!found.ok && found.reason === "link_closed") throw new Problem(410, "link_closed");
  const { expiresAt, ...page } = call.value(found);
  return call.json({ ...page, expiresAt: expiresAt.toISOString() });
});
