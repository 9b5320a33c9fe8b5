import { apiRoute } from "@/lib/infra/api";
import { bankTransferForm } from "@/lib/payments/forms";
import { unmatchedTransfersFor } from "@/lib/payments/queries";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { waitingTransfersView } from "@/lib/payments/views";

export const GET = apiRoute(async (call) =>
  call.json(waitingTransfersView(await unmatchedTransfersFor(call.as("finance")))),
);

export const POST = apiRoute(async (call) => {
  const finance = call.as("finance");
  call.confirmed();
  const transfer = call.value(await recordBankTransfer(finance, call.body(bankTransferForm), new Date()));
  return call.created(transfer, `/api/v1/bank-transfers/${transfer.id}`);
});
