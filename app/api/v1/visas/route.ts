import { apiRoute } from "@/lib/infra/api";
import { createVisa } from "@/lib/logistics/create-visa";
import { createVisaForm, logisticsListForm } from "@/lib/logistics/forms";
import { visasFor } from "@/lib/logistics/queries";
import { VISA_STATES } from "@/lib/logistics/visa";
import { visaView } from "@/lib/logistics/views/part";

export const GET = apiRoute(async (call) => {
  const actor = call.as("coordinator", "patient");
  const { items, next } = await visasFor(actor, call.query(logisticsListForm), VISA_STATES);
  return call.json({ items: items.map((row) => visaView(row)), next });
});

export const POST = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const row = call.value(await createVisa(coordinator, call.body(createVisaForm)));
  return call.created(visaView(row), `/api/v1/visas/${row.id}`);
});
