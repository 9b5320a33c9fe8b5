import { judgeLetterForm } from "@/lib/bookings/forms";
import { judgeLetter } from "@/lib/bookings/judge-letter";
import { letterView } from "@/lib/bookings/views/letter";
import { apiRoute } from "@/lib/infra/api";

export const POST = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const judged = await judgeLetter(coordinator, call.id("id"), call.body(judgeLetterForm), new Date());
  return call.json(letterView(call.value(judged)));
});
