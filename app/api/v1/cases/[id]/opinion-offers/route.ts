import { apiRoute } from "@/lib/infra/api";
import { offerView } from "@/lib/payments/opinion-view";
import { offersForCase } from "@/lib/reviews/read-opinions";

export const GET = apiRoute(async (call) => {
  const patient = call.as("patient");
  const offers = call.found(await offersForCase(patient, call.id("id"), new Date()));
  return call.json({ items: offers.map(offerView), next: null });
});
