import { apiRoute } from "@/lib/infra/api";
import { closingsView } from "@/lib/payments/books-view";
import { monthForm } from "@/lib/payments/forms";
import { proposeClosing } from "@/lib/payments/propose-closing";
import { closingsFor } from "@/lib/payments/read-closing";

export const GET = apiRoute(async (call) =>
  call.json(closingsView(await closingsFor(call.as("finance"), new Date()))),
);

export const POST = apiRoute(async (call) => {
  const finance = call.as("finance");
  call.confirmed();
  const { month } = call.body(monthForm);
  return call.json(call.value(await proposeClosing(finance, month, new Date())));
});
