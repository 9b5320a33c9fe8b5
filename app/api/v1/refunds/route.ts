import { apiRoute } from "@/lib/infra/api";
import { proposeRefundForm, refundListForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { refundFor, refundsFor } from "@/lib/payments/queries";
import { refundView } from "@/lib/payments/views";

export const GET = apiRoute(async (call) => {
  const staff = call.as("finance", "coordinator");
  const page = await refundsFor(staff, call.query(refundListForm));
  return call.json({ items: page.items.map(refundView), next: page.next });
});

export const POST = apiRoute(async (call) => {
  const staff = call.as("finance", "coordinator");
  const proposed = call.value(await proposeRefund(staff, call.body(proposeRefundForm), new Date()));
  const found = await Promise.all(proposed.map(({ id }) => refundFor(staff, id)));
  const refunds = found.map((refund) => refundView(call.found(refund)));
  const first = call.found(refunds[0] ?? null);
  const body = { ...first, refunds };
  return call.created(body, `/api/v1/refunds/${first.id}`);
});
