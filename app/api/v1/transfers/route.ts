import { apiRoute } from "@/lib/infra/api";
import { createTransfer } from "@/lib/logistics/create-transfer";
import { createTransferForm, logisticsListForm } from "@/lib/logistics/forms";
import { transfersFor } from "@/lib/logistics/queries";
import { TRANSFER_STATES } from "@/lib/logistics/transfer";
import { transferView } from "@/lib/logistics/views/part";

export const GET = apiRoute(async (call) => {
  const actor = call.as("coordinator", "patient", "clinic_manager", "clinic_reviewer");
  const { items, next } = await transfersFor(actor, call.query(logisticsListForm), TRANSFER_STATES);
  return call.json({ items: items.map((row) => transferView(row)), next });
});

export const POST = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const row = call.value(await createTransfer(coordinator, call.body(createTransferForm)));
  return call.created(transferView(row), `/api/v1/transfers/${row.id}`);
});
