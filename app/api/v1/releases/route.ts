import { apiRoute } from "@/lib/infra/api";
import { endedReleasesFor, waitingReleasesFor } from "@/lib/payments/read-releases";
import { releaseListForm, releaseView } from "@/lib/payments/payee-view";

export const GET = apiRoute(async (call) => {
  const finance = call.as("finance");
  const { of, cursor, limit } = call.query(releaseListForm);
  const page = await (of === "ended" ? endedReleasesFor : waitingReleasesFor)(finance, cursor, {}, limit);
  return call.json({ items: page.items.map(releaseView), next: page.next });
});
