import { apiRoute } from "@/lib/infra/api";
import { matchBankTransfer } from "@/lib/payments/match-bank-transfer";
import { matchForm } from "@/lib/payments/return-view";

export const POST = apiRoute(async (call) => {
  const finance = call.as("finance");
  call.confirmed();
  const named = { ...call.body(matchForm), transferId: call.id("id") };
  return call.json(call.value(await matchBankTransfer(finance, named, new Date())));
});
