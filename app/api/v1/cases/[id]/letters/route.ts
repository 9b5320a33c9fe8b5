import { letterForm } from "@/lib/bookings/forms";
import { lettersFor } from "@/lib/bookings/queries";
import { recordLetter } from "@/lib/bookings/record-letter";
import { letterView } from "@/lib/bookings/views/letter";
import { caseForActor } from "@/lib/cases/queries";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const { id } = call.found(await caseForActor(coordinator, call.id("id")));
  const letters = await lettersFor(coordinator, id);
  return call.json({ items: letters.map(letterView), next: null });
});

export const POST = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const letter = await recordLetter(coordinator, call.id("id"), call.body(letterForm), new Date());
  return call.json(letterView(call.value(letter)), 201);
});
