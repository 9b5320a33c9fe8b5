import { apiRoute } from "@/lib/infra/api";
import { disputeView } from "@/lib/payments/dispute-view";
import { disputesFor } from "@/lib/payments/read-disputes";

export const GET = apiRoute(async (call) => {
  const disputes = await disputesFor(call.as("finance"));
  return call.json({ items: disputes.map(disputeView), next: null });
});
