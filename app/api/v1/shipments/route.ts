import { apiRoute } from "@/lib/infra/api";
import { createShipment } from "@/lib/logistics/create-shipment";
import { createShipmentForm, logisticsListForm } from "@/lib/logistics/forms";
import { shipmentsFor } from "@/lib/logistics/queries";
import { SHIPMENT_STATES } from "@/lib/logistics/shipment";
import { shipmentView } from "@/lib/logistics/views/part";

export const GET = apiRoute(async (call) => {
  const actor = call.as("coordinator", "patient");
  const { items, next } = await shipmentsFor(actor, call.query(logisticsListForm), SHIPMENT_STATES);
  return call.json({ items: items.map((row) => shipmentView(row)), next });
});

export const POST = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const row = call.value(await createShipment(coordinator, call.body(createShipmentForm), new Date()));
  return call.created(shipmentView(row), `/api/v1/shipments/${row.id}`);
});
