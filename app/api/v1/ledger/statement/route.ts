import { apiRoute } from "@/lib/infra/api";
import { accountView } from "@/lib/payments/books-view";
import { accountForm } from "@/lib/payments/forms";
import { accountStatement } from "@/lib/payments/read-account";

export const GET = apiRoute(async (call) => {
  const finance = call.as("finance");
  return call.json(accountView(await accountStatement(finance, call.query(accountForm))));
});
