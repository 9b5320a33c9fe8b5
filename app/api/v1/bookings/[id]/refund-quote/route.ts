import { refundQuoteForm } from "@/lib/bookings/forms";
import { refundQuoteFor } from "@/lib/bookings/read-refund-quote";
import { refundQuoteView } from "@/lib/bookings/views/refund-quote";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator", "finance");
  const id = call.id("id");
  const { cause, on } = call.query(refundQuoteForm);
  const found = call.found(await refundQuoteFor(actor, id, cause, on, new Date()));
  const { policyVersion, currency } = found.booking;
  return call.json(refundQuoteView(found.quote, { bookingId: id, on: found.on, policyVersion, currency }));
});
