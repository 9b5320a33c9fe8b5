import { apiRoute } from "@/lib/infra/api";
import { editShipment } from "@/lib/logistics/edit-shipment";
import { editShipmentForm } from "@/lib/logistics/forms";
import { shipmentFor } from "@/lib/logistics/queries";
import { shipmentView } from "@/lib/logistics/views/part";

export const GET = apiRoute(async (call) => {
  const actor = call.as("coordinator", "patient");
  return call.json(shipmentView(call.found(await shipmentFor(actor, call.id("id")))));
});

export const PATCH = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const id = call.id("id");
  return call.json(
    shipmentView(call.value(await editShipment(coordinator, id, call.body(editShipmentForm)))),
  );
});
