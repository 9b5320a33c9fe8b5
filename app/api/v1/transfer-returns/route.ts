import { apiRoute } from "@/lib/infra/api";
import { returnsFor } from "@/lib/payments/read-returns";
import { returnView } from "@/lib/payments/return-view";

export const GET = apiRoute(async (call) => {
  const returns = await returnsFor(call.as("finance"));
  return call.json({ items: returns.map(returnView), next: null });
});
