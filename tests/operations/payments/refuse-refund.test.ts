import { describe, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRefundForm, refuseRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { statementFor } from "@/lib/payments/read-statement";
import { refuseRefund } from "@/lib/payments/refuse-refund";
import { statementView } from "@/lib/payments/statement-view";
import { makePaidBooking } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";
import { withProvider } from "@/tests/support/with-provider";

const provider = withProvider();

const refundNow = (id: string) =>
  asPerson(testSystem, (tx) => tx.refund.findUniqueOrThrow({ where: { id } }));
async function proposed(paymentId: string, amount: number, cause = "goodwill") {
  const coordinator = await makeCoordinator();
  const answer = await proposeRefund(
    coordinator,
    proposeRefundForm.parse({ paymentId, cause, amount }),
    new Date(),
  );
  if (!answer.ok) throw new Error(answer.reason);
  return { coordinator, id: answer.value[0]?.id ?? "" };
}

describe("refusing a refund", () => {
  const form = refuseRefundForm.parse({ reason: "The letter of the embassy is missing." });

  it("moves no money, tells the patient why, and asks the desk to go on", async () => {
    const made = await makePaidBooking(provider());
    const { id } = await proposed(made.paymentId, 100_000);
    const entries = () => openDb().ledgerEntry.count({ where: { bookingId: made.bookingId } });
    const before = await entries();
    const finance = await makeFinance();
    const answers = await Promise.all([1, 2].map(() => refuseRefund(finance, id, form, new Date())));
    expect(answers.map((one) => one.ok || one.reason).toSorted()).toEqual(["illegal_transition", true]);
    expect(await refundNow(id)).toMatchObject({ state: "refused", refusedReason: form.reason });
    expect(await entries()).toBe(before);
    expect(await approveRefund(finance, id, new Date())).toMatchObject({ reason: "illegal_transition" });
    const read = await statementFor(made.patient, made.bookingId);
    const texts = read && statementView(read, "en").movements.map((one) => one.text);
    expect(texts?.at(-1)).toContain(form.reason);
    const tasks = await asPerson(testSystem, (tx) => tx.task.findMany({ where: { caseId: made.caseId } }));
    expect(tasks.map(({ kind, state }) => [kind, state])).toEqual([
      ["approve_refund", "done"],
      ["refund_refused", "open"],
    ]);
    const told = await openDb().outboxMail.count({
      where: { template: "refund_refused", text: { contains: made.caseId } },
    });
    expect(told).toBe(1);
  });

  it("finds nothing that is not there", async () => {
    expect(
      await refuseRefund(await makeFinance(), "01980000-0000-7000-8000-000000000000", form, new Date()),
    ).toMatchObject({ reason: "not_found" });
  });
});
