import { apiRoute } from "@/lib/infra/api";
import { trialBalanceView } from "@/lib/payments/ledger-view";
import { trialBalance } from "@/lib/payments/queries";

export const GET = apiRoute(async (call) =>
  call.json(trialBalanceView(await trialBalance(call.as("finance")))),
);
