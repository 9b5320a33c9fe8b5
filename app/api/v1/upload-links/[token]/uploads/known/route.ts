import { apiRoute } from "@/lib/infra/api";
import { clientAddress } from "@/lib/infra/client-address";
import { Problem } from "@/lib/infra/problem";
import { findKnown } from "@/lib/records/find-known";
import { knownFilesForm } from "@/lib/records/forms";
import { openLink } from "@/lib/records/open-link";

export const POST = apiRoute(async (call) => {
  const token = call.text("token");
  const now = new Date();
  const opened = await openLink(token, clientAddress(call.request.headers), now);
  if (!opened.ok && opened.reason === "link_closed") throw new Problem(410, "link_closed");
  const holder = call.value(opened);
  // Row-level security shows a link what came by itself alone: nobody learns by a hash what else is there.
  const path = `/api/v1/upload-links/${token}/uploads`;
  const items = call.found(await findKnown(holder, holder.caseId, call.body(knownFilesForm), now, path));
  return call.json({ items, next: null });
});
