import { apiRoute } from "@/lib/infra/api";
import { invoiceListForm, invoicesView } from "@/lib/documents/invoice-view";
import { invoicesFor } from "@/lib/documents/read-series";

export const GET = apiRoute(async (call) => {
  const finance = call.as("finance");
  return call.json(invoicesView(await invoicesFor(finance, call.query(invoiceListForm))));
});
