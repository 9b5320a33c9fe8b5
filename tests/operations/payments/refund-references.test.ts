import { expect, it } from "vitest";
import { GET as list } from "@/app/api/v1/refunds/route";
import { POST as settle } from "@/app/api/v1/refunds/[id]/settle/route";
import { sentRefundForm } from "@/lib/desk/forms/money";
import { openDb } from "@/lib/infra/db";
import { newId } from "@/lib/kernel/ids";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { makeFullyPaid } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, makeFinance } from "@/tests/support/people";
import { call, tokenOf } from "@/tests/support/routes";

/** A part of a bank transfer that two people have agreed to send back. */
async function makeDecided(): Promise<string> {
  const { balancePaymentId: paymentId } = await makeFullyPaid();
  const form = proposeRefundForm.parse({ paymentId, cause: "goodwill", amount: 1_000 });
  const [proposed] = valueOf(await proposeRefund(await makeCoordinator(), form, new Date()));
  const id = proposed?.id ?? "";
  valueOf(await approveRefund(await makeFinance(), id, new Date()));
  return id;
}

const memoOf = async (refundId: string) =>
  (await openDb().ledgerTx.findFirstOrThrow({ where: { refundId, kind: "refund_settled" } })).memo;

it("a refund sent through the bank keeps what the bank calls it, in the list and in the books", async () => {
  const id = await makeDecided();
  const token = await tokenOf(await makeFinance());
  const sent = await call(settle, { token, params: { id }, body: { bankReference: "SEPA 77" } });
  expect(sent).toMatchObject({ status: 200, body: { state: "settled", bankReference: "SEPA 77" } });
  const listed = await call(list, { token, query: "?state=settled&limit=5" });
  expect(listed.body).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ id, bankReference: "SEPA 77" })]),
  });
  expect(await memoOf(id)).toBe("SEPA 77");
});

it("a refund is said to be sent without a reference over the API, as before, and not on the page", async () => {
  const id = await makeDecided();
  const token = await tokenOf(await makeFinance());
  const sent = await call(settle, { token, params: { id }, body: {} });
  expect(sent).toMatchObject({ status: 200, body: { state: "settled", bankReference: null } });
  expect(await memoOf(id)).toBe("refund settled");
  const typed = { refundId: newId(), bankReference: "" };
  expect(sentRefundForm.safeParse(typed).success).toBe(false);
  expect(sentRefundForm.safeParse({ ...typed, bankReference: "SEPA 78" }).success).toBe(true);
});
