import { apiRoute } from "@/lib/infra/api";
import { sentReturnForm } from "@/lib/payments/forms";
import { returnFor } from "@/lib/payments/read-returns";
import { returnView } from "@/lib/payments/return-view";
import { sendReturn } from "@/lib/payments/send-return";

export const POST = apiRoute(async (call) => {
  const finance = call.as("finance");
  call.confirmed();
  const { bankReference } = call.body(sentReturnForm);
  const { id } = call.value(await sendReturn(finance, call.id("id"), bankReference, new Date()));
  return call.json(returnView(call.found(await returnFor(finance, id))));
});
