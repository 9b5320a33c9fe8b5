import { apiRoute } from "@/lib/infra/api";
import { billForm } from "@/lib/payments/bill-form";
import { billsView } from "@/lib/payments/bill-view";
import { billsOfBooking } from "@/lib/payments/read-bills";
import { recordBill } from "@/lib/payments/record-bill";

export const GET = apiRoute(async (call) => {
  const reader = call.as("patient", "clinic_manager", "clinic_reviewer", "coordinator", "finance");
  return call.json(billsView(call.found(await billsOfBooking(reader, call.id("id")))));
});

export const POST = apiRoute(async (call) => {
  const writer = call.as("clinic_manager", "coordinator");
  const form = call.body(billForm);
  const { id, read } = call.value(await recordBill(writer, call.id("id"), form, new Date()));
  return call.created(billsView(read), `/api/v1/bills/${id}/content`);
});
