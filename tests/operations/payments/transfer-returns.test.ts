import { describe, expect, it } from "vitest";
import type { Finance } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { POST as match } from "@/app/api/v1/bank-transfers/[id]/match/route";
import { POST as propose } from "@/app/api/v1/bank-transfers/[id]/return/route";
import { POST as approve } from "@/app/api/v1/transfer-returns/[id]/approve/route";
import { POST as refuse } from "@/app/api/v1/transfer-returns/[id]/refuse/route";
import { POST as send } from "@/app/api/v1/transfer-returns/[id]/send/route";
import { POST as withdraw } from "@/app/api/v1/transfer-returns/[id]/withdraw/route";
import { GET as list } from "@/app/api/v1/transfer-returns/route";
import { asPerson } from "@/lib/infra/db";
import { approveReturn } from "@/lib/payments/approve-return";
import { matchBankTransfer } from "@/lib/payments/match-bank-transfer";
import { proposeReturn } from "@/lib/payments/propose-return";
import { unmatchedTransfersFor } from "@/lib/payments/queries";
import { hindrancesOf } from "@/lib/payments/read-closing";
import { returnsFor } from "@/lib/payments/read-returns";
import { statementFor } from "@/lib/payments/read-statement";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { refuseReturn } from "@/lib/payments/refuse-return";
import { returnSchema } from "@/lib/payments/return-view";
import { withdrawReturn } from "@/lib/payments/withdraw-return";
import { sendReturn } from "@/lib/payments/send-return";
import { monthOf } from "@/lib/payments/closing";
import { call, tokenOf } from "@/tests/support/routes";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { ledgerSums, makeUnpaidBooking } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, makeManager, makePatient, testSystem } from "@/tests/support/people";
import {
  now,
  REASON,
  form,
  makeStray,
  makeProposed,
  nameBooking,
  booked,
  returnsTold,
  audited,
} from "@/tests/support/returns";

describe("a bank transfer that pays nothing", () => {
  it("stands in the books and on its patient's statement from the day it came, and leaves both when it is placed", async () => {
    const { made, finance, transferId } = await makeStray();
    expect(await booked(transferId)).toEqual({ psp_clearing: 347_500n, client_funds_held: -347_500n });
    const shown = await statementFor(made.patient, made.bookingId);
    expect(shown?.statement.surplusMinor).toBe(347_500n);
    expect(shown?.statement.totals.paidMinor).toBe(0n);

    const whole = { reference: "for my heart", amount: { amount: 350_000, currency: "EUR" } };
    const { id: unknown } = valueOf(await recordBankTransfer(finance, form(whole), now()));
    expect(await booked(unknown)).toEqual({ psp_clearing: 350_000n, client_funds_held: -350_000n });
    const booking = await nameBooking(made.bookingId);
    const matched = valueOf(await matchBankTransfer(finance, { transferId: unknown, booking }, now()));
    expect(matched.state).toBe("matched");
    expect(Object.values(await booked(unknown)).every((sum) => sum === 0n)).toBe(true);
    const paid = await statementFor(made.patient, made.bookingId);
    expect(paid?.statement).toMatchObject({ surplusMinor: 347_500n, totals: { paidMinor: 350_000n } });
  });

  it("goes back in three steps by two people, every unit in the books, and no month waits for it any more", async () => {
    const { made, finance, colleague, transferId, id } = await makeProposed();
    expect((await hindrancesOf(monthOf(now()))).map(({ title }) => title)).toContain(transferId);
    expect(reasonOf(await sendReturn(colleague, id, "early", now()))).toBe("illegal_transition");
    expect(reasonOf(await approveReturn(finance, id, now()))).toBe("same_person");

    expect((await approveReturn(colleague, id, now())).ok).toBe(true);
    expect(await booked(transferId)).toEqual({
      ...{ psp_clearing: 347_500n, client_funds_held: 0n },
      refund_payable: -347_500n,
    });
    expect((await hindrancesOf(monthOf(now()))).map(({ title }) => title)).not.toContain(transferId);
    const open = await asPerson(testSystem, (tx) =>
      tx.task.count({ where: { title: transferId, kind: "unmatched_payment", state: "open" } }),
    );
    expect(open).toBe(0);
    expect((await unmatchedTransfersFor(finance)).map((row) => row.id)).not.toContain(transferId);

    expect((await sendReturn(finance, id, "SEPA 4711", now())).ok).toBe(true);
    expect(reasonOf(await sendReturn(finance, id, "SEPA 4711", now()))).toBe("illegal_transition");
    expect(Object.values(await booked(transferId)).every((sum) => sum === 0n)).toBe(true);
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
    const mails = await asPerson(testSystem, (tx) =>
      tx.outboxMail.findMany({ where: { to: made.patient.email, template: "refund_sent" } }),
    );
    expect(mails).toHaveLength(1);
    expect(await audited(transferId)).toEqual(
      ["unmatched", "return_proposed", "return_approved", "return_sent"].map(
        (what) => `bank_transfer.${what}`,
      ),
    );
    const listed = (await returnsFor(finance)).find((row) => row.id === id);
    expect(listed).toMatchObject({ state: "sent", bankReference: "SEPA 4711", proposedBy: finance.name });
  });

  it("stays its own patient's while somebody tries a booking it does not fit, and is told to nobody else", async () => {
    const { made, finance, transferId } = await makeStray();
    const colleague = await makeFinance();
    const stranger = await makeUnpaidBooking();
    const booking = await nameBooking(stranger.bookingId);
    expect(valueOf(await matchBankTransfer(finance, { transferId, booking }, now())).state).toBe("unmatched");

    const { id } = valueOf(await proposeReturn(finance, { transferId, reason: REASON }, now()));
    valueOf(await approveReturn(colleague, id, now()));
    expect(await returnsTold(made)).toEqual([["approved", expect.stringContaining("on its way back")]]);
    valueOf(await sendReturn(finance, id, "SEPA 4712", now()));

    expect(await returnsTold(made)).toEqual([
      ["settled", expect.stringContaining("€3,475.00 that paid none")],
    ]);
    expect(await returnsTold(stranger)).toEqual([]);
    const mails = await asPerson(testSystem, (tx) =>
      tx.outboxMail.findMany({
        where: { to: { in: [made.patient.email, stranger.patient.email] }, template: "refund_sent" },
      }),
    );
    expect(mails.map(({ to }) => to)).toEqual([made.patient.email]);
    const asked = await asPerson(testSystem, (tx) =>
      tx.task.findMany({ where: { title: transferId }, select: { caseId: true } }),
    );
    expect(asked).toEqual([{ caseId: made.caseId }]);
  });

  it("is approved once for two at the same moment, and either placed or sent back, never both", async () => {
    const made = await makeUnpaidBooking();
    const [finance, colleague, third] = await Promise.all([makeFinance(), makeFinance(), makeFinance()]);
    const whole = { reference: "rent", amount: { amount: 350_000, currency: "EUR" } };
    const { id: transferId } = valueOf(await recordBankTransfer(finance, form(whole), now()));
    const { id } = valueOf(await proposeReturn(finance, { transferId, reason: REASON }, now()));
    const number = await nameBooking(made.bookingId);
    const placed = await matchBankTransfer(finance, { transferId, booking: number }, now());
    expect(placed).toMatchObject({ value: { state: "unmatched", reason: "return_under_way" } });
    const answers = await Promise.all([
      approveReturn(colleague, id, now()),
      approveReturn(third, id, now()),
      matchBankTransfer(finance, { transferId, booking: number }, now()),
    ]);
    expect(answers.slice(0, 2).filter((answer) => answer.ok)).toHaveLength(1);
    const payments = await asPerson(testSystem, (tx) =>
      tx.payment.count({ where: { bookingId: made.bookingId } }),
    );
    expect(payments).toBe(0);
    expect(reasonOf(await matchBankTransfer(finance, { transferId, booking: number }, now()))).toBe(
      "not_found",
    );
  });

  it("has one way back at a time; refused, it may be placed again", async () => {
    const { finance, colleague, transferId, id } = await makeProposed();
    const again = { transferId, reason: REASON };
    expect(reasonOf(await proposeReturn(colleague, again, now()))).toBe("return_under_way");
    expect((await refuseReturn(colleague, id, "It is hers.", now())).ok).toBe(true);
    expect(reasonOf(await refuseReturn(colleague, id, "It is hers.", now()))).toBe("illegal_transition");
    expect(reasonOf(await approveReturn(colleague, id, now()))).toBe("illegal_transition");
    expect(await booked(transferId)).toMatchObject({ client_funds_held: -347_500n });
    const both = await Promise.all([
      proposeReturn(finance, again, now()),
      proposeReturn(colleague, again, now()),
    ]);
    expect(both.filter((answer) => answer.ok)).toHaveLength(1);
  });

  it("is nothing a foreign id leads to, and nothing but money that paid nothing goes this way", async () => {
    const finance = await makeFinance();
    const id = newId();
    expect(reasonOf(await proposeReturn(finance, { transferId: id, reason: REASON }, now()))).toBe(
      "not_found",
    );
    for (const answer of [
      approveReturn(finance, id, now()),
      refuseReturn(finance, id, "no", now()),
      sendReturn(finance, id, "no", now()),
      withdrawReturn(finance, id, "no", now()),
    ])
      expect(reasonOf(await answer)).toBe("not_found");
    const made = await makeUnpaidBooking();
    const exact = form({ planItemId: made.depositId, amount: { amount: 350_000, currency: "EUR" } });
    const paid = valueOf(await recordBankTransfer(finance, exact, now()));
    const doubled = valueOf(await recordBankTransfer(finance, exact, now()));
    for (const { id: transferId } of [paid, doubled])
      expect(reasonOf(await proposeReturn(finance, { transferId, reason: REASON }, now()))).toBe(
        "illegal_transition",
      );
  });
});

describe("the database, past the verbs", () => {
  const run = (asker: Parameters<typeof asPerson>[0], sql: string, ...values: unknown[]) =>
    asPerson(asker, (tx) => tx.$executeRawUnsafe(sql, ...values));
  const APPROVE = `UPDATE "TransferReturn" SET state = 'approved', "approvedAt" = now(), "approvedById" = $2::uuid WHERE id = $1::uuid`;

  it("shows a way back to finance alone, and lets each answer only in their own name, as a second person", async () => {
    const { made, finance, colleague, id } = await makeProposed();
    for (const asker of [
      made.patient,
      await makePatient(),
      await makeCoordinator(),
      await makeManager(made.clinic.id),
    ]) {
      expect(await asPerson(asker, (tx) => tx.transferReturn.count())).toBe(0);
      expect(await run(asker, APPROVE, id, asker.personId)).toBe(0);
    }
    const approve = (by: Finance, named: Finance) => run(by, APPROVE, id, named.personId);
    await expect(approve(finance, finance)).rejects.toThrow(/two_people/);
    await expect(approve(finance, colleague)).rejects.toThrow(/row-level/);
    await expect(approve(colleague, colleague)).rejects.toThrow(/go together/);
    const rewrite = `UPDATE "TransferReturn" SET reason = 'else' WHERE id = $1::uuid`;
    await expect(run(finance, rewrite, id)).rejects.toThrow(/never changes|row-level/);
  });

  it("lets no transfer leave its way back: neither matched beside it nor back to unmatched", async () => {
    const { colleague, transferId, id } = await makeProposed();
    const move = `UPDATE "BankTransfer" SET state = 'returned' WHERE id = $1::uuid`;
    await expect(run(testSystem, move, transferId)).rejects.toThrow(/go together/);
    const { transferId: alone } = await makeStray();
    await expect(run(testSystem, move, alone)).rejects.toThrow(/without an approved way back/);
    valueOf(await approveReturn(colleague, id, now()));
    const undo = `UPDATE "BankTransfer" SET state = 'unmatched' WHERE id = $1::uuid`;
    await expect(run(testSystem, undo, transferId)).rejects.toThrow(/go together/);
    const away = `UPDATE "TransferReturn" SET state = 'withdrawn', "withdrawnAt" = now(), "withdrawnReason" = 'x', "withdrawnById" = $2::uuid WHERE id = $1::uuid`;
    await expect(run(colleague, away, id, colleague.personId)).rejects.toThrow(
      /without an approved way back/,
    );
    await expect(run(colleague, away, id, newId())).rejects.toThrow(/row-level/);
  });
});

describe("by API", () => {
  it("is looked for, proposed, approved and sent, in the shapes it describes, and closed to everybody else", async () => {
    const { transferId } = await makeStray();
    const tokens = await Promise.all(
      [makeFinance(), makeFinance(), makeCoordinator()].map(async (one) => tokenOf(await one)),
    );
    const [one, other, coordinator] = tokens;
    const of = { id: transferId };
    const looked = await call(match, { token: one, params: of, body: { booking: "B-1999-000001" } });
    expect(looked).toMatchObject({ status: 200, body: { state: "unmatched", reason: "unknown_reference" } });
    const proposed = await call(propose, { token: one, params: of, body: { reason: REASON } });
    expect(proposed.status).toBe(201);
    const { id, state } = returnSchema.parse(proposed.body);
    expect(state).toBe("proposed");
    expect(proposed.headers.get("location")).toBe(`/api/v1/transfer-returns/${id}`);
    const params = { id };
    const body = { bankReference: "SEPA 1" };
    expect(await call(propose, { token: other, params: of, body: { reason: REASON } })).toMatchObject({
      ...{ status: 409, body: { code: "return_under_way" } },
    });
    expect(await call(approve, { token: one, params, body: {} })).toMatchObject({
      ...{ status: 409, body: { code: "same_person" } },
    });
    expect((await call(send, { token: other, params, body: {} })).status).toBe(422);
    const said = await call(approve, { token: other, params, body: {} });
    expect(returnSchema.parse(said.body).state).toBe("approved");
    expect((await call(refuse, { token: one, params, body: { reason: "no" } })).status).toBe(409);
    expect((await call(withdraw, { token: one, params, body: {} })).status).toBe(422);
    const taken = await call(withdraw, { token: one, params, body: { reason: "no" } });
    expect(returnSchema.parse(taken.body)).toMatchObject({ state: "withdrawn", withdrawnReason: "no" });
    expect((await call(send, { token: other, params, body })).status).toBe(409);
    const anew = await call(propose, { token: one, params: of, body: { reason: REASON } });
    params.id = returnSchema.parse(anew.body).id;
    await call(approve, { token: other, params, body: {} });
    expect(returnSchema.parse((await call(send, { token: other, params, body })).body)).toMatchObject({
      ...{ state: "sent", bankReference: "SEPA 1", amount: { amount: 347_500, currency: "EUR" } },
    });
    const listed = (await call(list, { token: one })).body as unknown as { items: unknown[] };
    expect(listed.items.map((row) => returnSchema.parse(row).id)).toContain(id);
    for (const door of [approve, refuse, send, withdraw])
      expect((await call(door, { token: coordinator, params, body: {} })).status).toBe(404);
    expect((await call(list, { token: coordinator })).status).toBe(404);
    expect((await call(match, { token: coordinator, params: of, body: {} })).status).toBe(404);
  });
});
