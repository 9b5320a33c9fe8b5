import { refundQuoteForm } from "@/lib/bookings/forms";
import { refundQuoteView } from "@/lib/bookings/views/refund-quote";
import { apiRoute } from "@/lib/infra/api";
import { refundPreviewFor } from "@/lib/payments/read-refund-preview";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator", "finance");
  const id = call.id("id");
  const { cause, on } = call.query(refundQuoteForm);
  return call.json(refundQuoteView(call.found(await refundPreviewFor(actor, id, cause, on, new Date()))));
});
