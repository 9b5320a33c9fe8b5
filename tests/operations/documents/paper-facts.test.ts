import { describe, expect, it } from "vitest";
import { asPerson } from "@/lib/infra/db";
import { issueContract } from "@/lib/documents/issue-contract";
import { issueReceipt } from "@/lib/documents/issue-receipt";
import { documentsOfCase } from "@/lib/documents/queries";
import { documentView } from "@/lib/documents/views";
import { bankTransferForm } from "@/lib/payments/forms";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { makePaid, onlyTreatment } from "@/tests/support/bookings";
import { makeAcceptedCase } from "@/tests/support/estimates";
import { move } from "@/tests/support/moves";
import { makeUnpaidBooking } from "@/tests/support/payments";
import { makeFinance, makePatient, testSystem } from "@/tests/support/people";

const papersOf = async (actor: Parameters<typeof documentsOfCase>[0], caseId: string) =>
  (await documentsOfCase(actor, caseId))?.map(documentView) ?? null;

describe("what tells the papers of a case apart", () => {
  it("is of each receipt what was paid, to whoever may open it", async () => {
    const made = await makeUnpaidBooking();
    const finance = await makeFinance();
    const amounts = [350_000, 120_000];
    for (const amount of amounts) {
      const form = bankTransferForm.parse({
        ...{ planItemId: made.depositId, amount: { amount, currency: "EUR" } },
        ...{ receivedOn: "2026-11-20", mayDiffer: true },
      });
      const recorded = await recordBankTransfer(finance, form, new Date());
      const paymentId = recorded.ok ? recorded.value.paymentId : null;
      if (paymentId) await issueReceipt(testSystem, paymentId, new Date());
    }
    for (const reader of [made.patient, finance]) {
      const receipts = (await papersOf(reader, made.caseId)) ?? [];
      expect(receipts[receipts.length - 1]).toMatchObject({
        ...{ kind: "receipt", sum: { amount: 350_000, currency: "EUR" }, mark: null },
      });
    }
    expect(await papersOf(await makePatient(), made.caseId)).toBeNull();
  });

  it("is of a contract whose names it carries, and that it was issued anew for a moved day", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const { id, contracts } = await makePaid(accepted);
    const contractA = contracts.find(({ kind }) => kind === "A")?.id ?? "";
    const contractB = contracts.find(({ kind }) => kind === "B")?.id ?? "";
    const issue = (contractId: string, moveId?: string) =>
      issueContract(testSystem, contractId, new Date(), moveId);
    await issue(contractA);
    await issue(contractB);
    await asPerson(testSystem, (tx) =>
      tx.contract.updateMany({
        where: { id: contractA, countersignedAt: null },
        data: { countersignedAt: new Date(), countersignedName: "Dr. Countersign" },
      }),
    );
    await issue(contractA);
    expect(await move(accepted, id, 2)).toMatchObject({ ok: true });
    const { id: moveId } = await asPerson(testSystem, (tx) =>
      tx.bookingMove.findFirstOrThrow({ where: { bookingId: id } }),
    );
    await issue(contractA, moveId);
    const marks = (await papersOf(accepted.patient, accepted.caseId))
      ?.filter(({ bookingId }) => bookingId === id)
      .map(({ kind, mark, sum }) => [kind, mark, sum]);
    expect(marks).toEqual(
      expect.arrayContaining([
        ["contract_a", "signed", null],
        ["contract_b", null, null],
        ["contract_a", "countersigned", null],
        ["contract_a", "moved", null],
      ]),
    );
    expect(marks).toHaveLength(4);
  });
});
