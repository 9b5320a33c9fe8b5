import { editInvoiceAddress } from "@/lib/documents/edit-invoice-address";
import { invoiceAddressForm } from "@/lib/documents/forms";
import { invoiceAddressOf } from "@/lib/documents/queries";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => {
  const reader = call.as("patient", "coordinator");
  return call.json(call.found(await invoiceAddressOf(reader, call.id("id"))));
});

export const PUT = apiRoute(async (call) => {
  const writer = call.as("patient", "coordinator");
  const form = call.body(invoiceAddressForm);
  return call.json(call.value(await editInvoiceAddress(writer, call.id("id"), form, new Date())));
});
