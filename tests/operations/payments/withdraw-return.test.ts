import { describe, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { approveReturn } from "@/lib/payments/approve-return";
import { proposeReturn } from "@/lib/payments/propose-return";
import { unmatchedTransfersFor } from "@/lib/payments/queries";
import { hindrancesOf } from "@/lib/payments/read-closing";
import { returnsFor } from "@/lib/payments/read-returns";
import { statementFor } from "@/lib/payments/read-statement";
import { withdrawReturn } from "@/lib/payments/withdraw-return";
import { sendReturn } from "@/lib/payments/send-return";
import { env } from "@/lib/infra/env";
import { connect } from "@/scripts/steps/database.mjs";
import { monthOf } from "@/lib/payments/closing";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { testSystem } from "@/tests/support/people";
import { now, REASON, makeProposed, booked, returnsTold, audited } from "@/tests/support/returns";

describe("an approved way back of a bank transfer", () => {
  it("is not sent without its mail: both are written or neither", async () => {
    const { made, finance, colleague, transferId, id } = await makeProposed();
    valueOf(await approveReturn(colleague, id, now()));
    const owner = await connect(env().DATABASE_URL);
    const address = made.patient.email;
    try {
      await owner.query(
        `ALTER TABLE "OutboxMail" ADD CONSTRAINT "no_mail_today" CHECK ("to" <> '${address}') NOT VALID`,
      );
      await expect(sendReturn(finance, id, "SEPA 4713", now())).rejects.toThrow(/no_mail_today/);
    } finally {
      await owner.query(`ALTER TABLE "OutboxMail" DROP CONSTRAINT IF EXISTS "no_mail_today"`);
      await owner.end();
    }
    expect(await booked(transferId)).toMatchObject({ refund_payable: -347_500n });
    valueOf(await sendReturn(finance, id, "SEPA 4713", now()));
    expect(await openDb().outboxMail.count({ where: { to: address, template: "refund_sent" } })).toBe(1);
  });

  it("is taken back before it was sent, with a reason: held, asked about and approved anew as if for the first time", async () => {
    const { made, finance, colleague, transferId, id } = await makeProposed();
    expect(reasonOf(await withdrawReturn(finance, id, "early", now()))).toBe("illegal_transition");
    valueOf(await approveReturn(colleague, id, now()));
    const both = await Promise.all(
      [finance, colleague].map((one) => withdrawReturn(one, id, "The payer called.", now())),
    );
    expect(both.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await booked(transferId)).toEqual({
      ...{ psp_clearing: 347_500n, client_funds_held: -347_500n },
      refund_payable: 0n,
    });
    expect(await returnsTold(made)).toEqual([]);
    expect((await statementFor(made.patient, made.bookingId))?.statement.surplusMinor).toBe(347_500n);
    expect((await unmatchedTransfersFor(finance)).map((row) => row.id)).toContain(transferId);
    const open = await asPerson(testSystem, (tx) =>
      tx.task.count({ where: { title: transferId, kind: "unmatched_payment", state: "open" } }),
    );
    expect(open).toBe(1);
    expect((await hindrancesOf(monthOf(now()))).map(({ title }) => title)).toContain(transferId);
    const listed = (await returnsFor(finance)).find((row) => row.id === id);
    expect(listed).toMatchObject({
      state: "withdrawn",
      withdrawnReason: "The payer called.",
      bankReference: null,
    });
    expect((await audited(transferId)).at(-1)).toBe("bank_transfer.return_withdrawn");

    const again = valueOf(await proposeReturn(finance, { transferId, reason: REASON }, now()));
    valueOf(await approveReturn(colleague, again.id, now()));
    expect(await booked(transferId)).toMatchObject({ client_funds_held: 0n, refund_payable: -347_500n });
    expect(await returnsTold(made)).toHaveLength(1);
    valueOf(await sendReturn(finance, again.id, "SEPA 4714", now()));
    expect(reasonOf(await withdrawReturn(finance, again.id, "late", now()))).toBe("illegal_transition");
    expect(Object.values(await booked(transferId)).every((sum) => sum === 0n)).toBe(true);
  });

  it("is either sent or taken back, never both", async () => {
    const { finance, colleague, transferId, id } = await makeProposed();
    valueOf(await approveReturn(colleague, id, now()));
    const [sent, back] = await Promise.all([
      sendReturn(finance, id, "SEPA 4715", now()),
      withdrawReturn(colleague, id, "no", now()),
    ]);
    expect([sent.ok, back.ok].toSorted()).toEqual([false, true]);
    const sums = await booked(transferId);
    expect(sums["psp_clearing"]).toBe(sent.ok ? 0n : 347_500n);
    expect(sums["refund_payable"]).toBe(0n);
  });
});
