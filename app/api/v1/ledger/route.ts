import { apiRoute } from "@/lib/infra/api";
import { ledgerForm } from "@/lib/payments/forms";
import { ledgerView } from "@/lib/payments/ledger-view";
import { ledgerFor } from "@/lib/payments/queries";

export const GET = apiRoute(async (call) => {
  const finance = call.as("finance");
  return call.json(ledgerView(await ledgerFor(finance, call.query(ledgerForm))));
});
