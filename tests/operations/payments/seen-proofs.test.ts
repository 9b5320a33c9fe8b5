import { describe, expect, it } from "vitest";
import { POST as approve } from "@/app/api/v1/refunds/[id]/approve/route";
import { asPerson, openDb } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { call, tokenOf } from "@/tests/support/routes";
import { valueOf } from "@/tests/support/outcomes";
import { makePaidBooking } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";
import { refundNow, SEEN, tellRefund } from "@/tests/support/refunds";
import { withProvider } from "@/tests/support/with-provider";

const provider = withProvider();
const now = () => new Date();

async function makeProposed(cause: string) {
  const { paymentId } = await makePaidBooking(provider());
  const form = proposeRefundForm.parse({ paymentId, cause, amount: 10_000 });
  const [proposed] = valueOf(await proposeRefund(await makeCoordinator(), form, now()));
  return proposed?.id ?? "";
}

describe("a refund for a cause that is proven", () => {
  it.each([
    ["visa_refused", "visa"],
    ["medical_deterioration", "doctor"],
    ["force_majeure", "border"],
  ])("is approved by nobody who does not say what they saw: %s", async (cause, proof) => {
    const id = await makeProposed(cause);
    const refusal = { reason: "proof_missing", detail: { path: "proof", proof } };
    expect(await approveRefund(await makeFinance(), id, now())).toMatchObject(refusal);
    expect(await refundNow(id)).toMatchObject({ state: "calculated", approvedById: null });

    const finance = await makeFinance();
    const both = await Promise.all([1, 2].map(() => approveRefund(finance, id, now(), SEEN)));

    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await refundNow(id)).toMatchObject({ seenProof: SEEN, approvedById: finance.personId });
    const audit = await openDb().auditEvent.findMany({ where: { objectId: id, event: "refund.approved" } });
    expect(audit).toMatchObject([{ actorId: finance.personId, facts: { cause, proof, isSaid: true } }]);
  });

  it("asks for none where the cause is known to us", async () => {
    const id = await makeProposed("goodwill");
    valueOf(await approveRefund(await makeFinance(), id, now(), SEEN));
    expect(await refundNow(id)).toMatchObject({ state: "approved", seenProof: null });
  });

  it("keeps what was seen first where a second try is approved", async () => {
    const id = await makeProposed("visa_refused");
    valueOf(await approveRefund(await makeFinance(), id, now(), SEEN));
    await tellRefund(id, `re_${id}`, "failed", 10_000n);
    valueOf(await approveRefund(await makeFinance(), id, now(), "Something else"));
    expect(await refundNow(id)).toMatchObject({ state: "approved", seenProof: SEEN });
    const anew = asPerson(testSystem, (tx) =>
      tx.refund.update({ where: { id }, data: { seenProof: "Something else" } }),
    );
    await expect(anew).rejects.toThrow();
  });

  it("says so through the API", async () => {
    const id = await makeProposed("visa_refused");
    const token = await tokenOf(await makeFinance());
    const ask = (body: object) => call(approve, { token, params: { id }, body });
    expect(await ask({ proof: "" })).toMatchObject({ status: 422 });
    expect(await ask({ proof: SEEN })).toMatchObject({ status: 200, body: { seenProof: SEEN } });
  });

  it("is let through for a client that knows no such word, and the audit says so", async () => {
    const id = await makeProposed("visa_refused");
    const token = await tokenOf(await makeFinance());
    expect(await call(approve, { token, params: { id }, body: {} })).toMatchObject({ status: 200 });
    const audit = await openDb().auditEvent.findMany({ where: { objectId: id, event: "refund.approved" } });
    expect(audit).toMatchObject([{ facts: { proof: "visa", isSaid: false } }]);
  });
});
