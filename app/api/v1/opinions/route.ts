import { apiRoute } from "@/lib/infra/api";
import { opinionView } from "@/lib/payments/opinion-view";
import { opinionsInMoney } from "@/lib/reviews/read-opinions";

export const GET = apiRoute(async (call) => {
  const opinions = await opinionsInMoney(call.as("finance"));
  return call.json({ items: opinions.map((opinion) => opinionView(opinion, true)), next: null });
});
