import { apiRoute } from "@/lib/infra/api";
import { editTransfer } from "@/lib/logistics/edit-transfer";
import { editTransferForm } from "@/lib/logistics/forms";
import { transferFor } from "@/lib/logistics/queries";
import { transferView } from "@/lib/logistics/views/part";

export const GET = apiRoute(async (call) => {
  const actor = call.as("coordinator", "patient", "clinic_manager", "clinic_reviewer");
  return call.json(transferView(call.found(await transferFor(actor, call.id("id")))));
});

export const PATCH = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const id = call.id("id");
  return call.json(
    transferView(call.value(await editTransfer(coordinator, id, call.body(editTransferForm)))),
  );
});
