import { apiRoute } from "@/lib/infra/api";
import { statementFor } from "@/lib/payments/read-statement";
import { statementView } from "@/lib/payments/statement-view";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator", "finance");
  return call.json(statementView(call.found(await statementFor(actor, call.id("id"))), actor.locale));
});
