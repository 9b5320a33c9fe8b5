import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as announceRoute } from "@/app/api/v1/opinions/[id]/bank-transfer/route";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { dropStripe } from "@/lib/infra/stripe";
import { announceOpinionTransfer } from "@/lib/payments/announce-opinion-transfer";
import { approveReturn } from "@/lib/payments/approve-return";
import { ACCOUNT_SETTING } from "@/lib/payments/bank-transfer";
import { cancelOpinion } from "@/lib/payments/cancel-opinion";
import { matchBankTransfer } from "@/lib/payments/match-bank-transfer";
import { opinionView } from "@/lib/payments/opinion-view";
import { opinionFor } from "@/lib/reviews/read-opinions";
import { proposeReturn } from "@/lib/payments/propose-return";
import { feeRestsFor } from "@/lib/payments/read-fee-rests";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { releaseOpinion } from "@/lib/payments/release-opinion";
import { sendRefund } from "@/lib/payments/send-refund";
import { sendReturn } from "@/lib/payments/send-return";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import { settleOpinion } from "@/lib/payments/settle-opinion";
import { sweepOpinions } from "@/lib/payments/sweep-opinions";
import {
  answerTwice,
  bookedFor,
  FEE_MINOR,
  makeOpened,
  makeOrdered,
  opinionNow,
} from "@/tests/support/opinions";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { type Provider, startProvider } from "@/tests/support/payments";
import { makeFinance, makePatient, testSystem } from "@/tests/support/people";
import { booked, form, REASON } from "@/tests/support/returns";
import { call, tokenOf } from "@/tests/support/routes";
import { inLine } from "@/tests/support/row-line";

const account = { holder: "Valvia", iban: "DE89 3704 0044 0532 0130 00", bic: "TESTDEFF", bank: "Test Bank" };
const fee = BigInt(FEE_MINOR);
const now = () => new Date();
let provider: Provider;

beforeAll(async () => {
  provider = await startProvider();
  await openDb().setting.create({ data: { key: ACCOUNT_SETTING, value: account } });
});
afterAll(async () => {
  await provider.stop();
  dropStripe();
});

type Ordered = Awaited<ReturnType<typeof makeOrdered>>;
const numberOf = async ({ opinionId }: Pick<Ordered, "opinionId">) => (await opinionNow(opinionId)).number;
const money = async (made: Pick<Ordered, "opinionId">, amount = FEE_MINOR, more: object = {}) =>
  form({ reference: `Fee ${await numberOf(made)}`, amount: { amount, currency: "EUR" }, ...more });
const record = async (made: Pick<Ordered, "opinionId">, amount = FEE_MINOR, more: object = {}) =>
  valueOf(await recordBankTransfer(await makeFinance(), await money(made, amount, more), now()));
const tasks = (caseId: string, kind: string) =>
  asPerson(testSystem, (tx) => tx.task.count({ where: { caseId, kind, state: "open" } }));
/** Mails that send somebody to their orders because something happened to their money. */
const mailsTo = async (personId: string) => {
  const { email } = await openDb().person.findUniqueOrThrow({ where: { id: personId } });
  const text = { contains: "/orders" };
  return openDb().outboxMail.count({ where: { to: email, template: "payment_problem", text } });
};
const transferNow = (id: string) =>
  asPerson(testSystem, (tx) => tx.bankTransfer.findUniqueOrThrow({ where: { id } }));

describe("saying that a fee comes by bank", () => {
  it("tells account and reference, asks finance once, and is not for a stranger or an order that ended", async () => {
    const made = await makeOrdered();
    const reference = await numberOf(made);
    const say = () => announceOpinionTransfer(made.patient, made.opinionId, now());
    for (const answer of await Promise.all([say(), say(), say()]))
      expect(answer).toMatchObject({ value: { reference, amountMinor: fee, currency: "EUR", account } });
    expect(await tasks(made.caseId, "transfer_announced")).toBe(1);
    const audit = { objectId: made.opinionId, event: "bank_transfer.announced" };
    expect(await openDb().auditEvent.count({ where: audit })).toBe(1);
    const said = await opinionFor(made.patient, made.opinionId);
    expect(said && opinionView(said).announcedAt).toBe(
      (await opinionNow(made.opinionId)).transferAnnouncedAt?.toISOString(),
    );
    expect(said && opinionView({ ...said, state: "paid" }).announcedAt).toBeNull();
    const stranger = await makePatient();
    expect(await opinionFor(stranger, made.opinionId)).toBeNull();
    expect(reasonOf(await announceOpinionTransfer(stranger, made.opinionId, now()))).toBe("not_found");
    const params = { id: made.opinionId };
    expect((await call(announceRoute, { token: await tokenOf(stranger), params })).status).toBe(404);
    expect(await call(announceRoute, { token: await tokenOf(made.patient), params })).toMatchObject({
      ...{ status: 200, body: { reference, amount: { amount: FEE_MINOR, currency: "EUR" } } },
    });
    valueOf(await cancelOpinion(made.patient, made.opinionId, now()));
    expect(reasonOf(await say())).toBe("opinion_ended");
    expect(await tasks(made.caseId, "transfer_announced")).toBe(0);
  });

  it("names no account for an order that ends while it is said", async () => {
    const made = await makeOrdered();
    const [, answer] = await inLine(
      made.caseId,
      () => cancelOpinion(made.patient, made.opinionId, now()),
      () => announceOpinionTransfer(made.patient, made.opinionId, now()),
      "Case",
    );
    expect(reasonOf(answer)).toBe("opinion_ended");
    expect(await tasks(made.caseId, "transfer_announced")).toBe(0);
  });

  it("moves no day of the order, and is refused where a card would be", async () => {
    const [late, urgent] = [await makeOrdered(), await makeOrdered()];
    await asPerson(testSystem, (tx) =>
      tx.case.update({ where: { id: urgent.caseId }, data: { urgent: true } }),
    );
    expect(reasonOf(await announceOpinionTransfer(urgent.patient, urgent.opinionId, now()))).toBe(
      "urgent_case",
    );
    const before = await opinionNow(late.opinionId);
    valueOf(await announceOpinionTransfer(late.patient, late.opinionId, now()));
    expect((await opinionNow(late.opinionId)).payBy).toEqual(before.payBy);
    const after = dateOf(addDays(dayOf(now()), 40));
    expect(reasonOf(await announceOpinionTransfer(late.patient, late.opinionId, after))).toBe(
      "opinion_ended",
    );
    await sweepOpinions(testSystem, after);
    expect(await tasks(late.caseId, "transfer_announced")).toBe(0);
  });
});

describe("a bank transfer with the number of an order", () => {
  it("pays the fee once, however often it is entered, and closes the open payment page first", async () => {
    const made = await makeOpened();
    valueOf(await announceOpinionTransfer(made.patient, made.opinionId, now()));
    const [finance, shape] = [await makeFinance(), await money(made)];
    const entry = { id: newId(), isAgain: false };
    const enter = () => recordBankTransfer(finance, shape, now(), entry);
    const answers = (await Promise.all([enter(), enter()])).map(valueOf);
    for (const answer of answers)
      expect(answer).toMatchObject({ state: "matched", opinionId: made.opinionId, planItemId: null });
    expect(new Set(answers.map(({ paymentId }) => paymentId)).size).toBe(1);
    expect(await opinionNow(made.opinionId)).toMatchObject({ state: "paid" });
    expect(await bookedFor(made.opinionId)).toEqual({ psp_clearing: fee, client_funds_held: -fee });
    expect(await tasks(made.caseId, "transfer_announced")).toBe(0);
    expect(await tasks(made.caseId, "ask_second_opinion")).toBe(1);
    const card = await asPerson(testSystem, (tx) =>
      tx.payment.findUniqueOrThrow({ where: { id: made.paymentId } }),
    );
    expect(card.state).toBe("expired");

    await answerTwice(made);
    await settleOpinion(testSystem, made.opinionId, now());
    valueOf(await releaseOpinion(await makeFinance(), made.opinionId, now()));
    expect(await bookedFor(made.opinionId)).toEqual({ psp_clearing: fee, hospital_payable: -fee });
  });

  it("pays one order once of two transfers at once; the other waits for finance and goes back in three steps", async () => {
    const made = await makeOrdered();
    const shape = await money(made);
    const [one, other] = [await makeFinance(), await makeFinance()];
    const both = await Promise.all([one, other].map((who) => recordBankTransfer(who, shape, now())));
    const answers = both.map(valueOf).toSorted((a, b) => a.state.localeCompare(b.state));
    expect(answers).toMatchObject([{ state: "matched" }, { state: "unmatched", reason: "fee_paid" }]);
    const stray = answers[1]?.id ?? "";
    expect(await booked(stray)).toEqual({ psp_clearing: fee, client_funds_held: -fee });
    expect(await tasks(made.caseId, "unmatched_payment")).toBe(1);
    const back = valueOf(await proposeReturn(one, { transferId: stray, reason: REASON }, now()));
    valueOf(await approveReturn(other, back.id, now()));
    valueOf(await sendReturn(one, back.id, "BANK 77", now()));
    expect(await transferNow(stray)).toMatchObject({ state: "returned" });
    expect(Object.values(await booked(stray)).every((sum) => sum === 0n)).toBe(true);
    expect(await bookedFor(made.opinionId)).toEqual({ psp_clearing: fee, client_funds_held: -fee });
  });

  it("of too little or another currency stays unmatched until the rest is settled with the payer", async () => {
    const made = await makeOrdered();
    expect(await record(made, FEE_MINOR - 1)).toMatchObject({ state: "unmatched", reason: "fee_in_one" });
    expect(await record(made, FEE_MINOR - 1, { mayDiffer: true })).toMatchObject({ reason: "fee_in_one" });
    const francs = { amount: { amount: FEE_MINOR, currency: "CHF" } };
    expect(await record(made, FEE_MINOR, francs)).toMatchObject({ reason: "currency_differs" });
    expect(await opinionNow(made.opinionId)).toMatchObject({ state: "awaiting_payment" });
    expect(await bookedFor(made.opinionId)).toEqual({});
    expect(await tasks(made.caseId, "unmatched_payment")).toBe(3);
  });

  it("of too much pays it where somebody says so, and keeps the rest for the payer", async () => {
    const made = await makeOrdered();
    const stray = await record(made, FEE_MINOR + 1_500);
    expect(stray).toMatchObject({ state: "unmatched", reason: "fee_differs" });
    const finance = await makeFinance();
    const again = { transferId: stray.id, booking: await numberOf(made), mayDiffer: true };
    const both = await Promise.all([1, 2].map(() => matchBankTransfer(finance, again, now())));
    const [placed] = both.flatMap((answer) => (answer.ok ? [answer.value] : []));
    expect(placed).toMatchObject({ state: "matched", opinionId: made.opinionId });
    expect(await bookedFor(made.opinionId)).toEqual({ psp_clearing: fee, client_funds_held: -fee });
    expect(Object.values(await booked(stray.id)).every((sum) => sum === 0n)).toBe(true);
    const rest = await transferNow(placed?.restId ?? "");
    expect(rest).toMatchObject({ state: "unmatched", amountMinor: 1_500n, reason: "rest_of_transfer" });
    const held = { opinionId: made.opinionId, amountMinor: 1_500n, currency: "EUR", isRest: true };
    expect(await feeRestsFor(made.patient, made.caseId)).toMatchObject([held]);
    expect(await feeRestsFor(await makePatient(), made.caseId)).toEqual([]);
    expect(await booked(rest.id)).toEqual({ psp_clearing: 1_500n, client_funds_held: -1_500n });
    expect(await tasks(made.caseId, "unmatched_payment")).toBe(1);
  });

  it("is told to the payer where it names an order and pays nothing, and shown to them while it is held", async () => {
    const made = await makeOrdered();
    const other = await makeOrdered();
    await record(made);
    const mails = () => mailsTo(made.patient.personId);
    expect(await mails()).toBe(0);
    const finance = await makeFinance();
    const [shape, entry] = [await money(made), { id: newId(), isAgain: false }];
    const enter = () => recordBankTransfer(finance, shape, now(), entry);
    for (const answer of await Promise.all([enter(), enter()]))
      expect(valueOf(answer)).toMatchObject({ id: entry.id, reason: "fee_paid" });
    expect(await mails()).toBe(1);
    const held = { opinionId: made.opinionId, amountMinor: fee, currency: "EUR", isRest: false };
    expect(await feeRestsFor(made.patient, made.caseId)).toMatchObject([held]);
    expect(await feeRestsFor(await makePatient(), made.caseId)).toEqual([]);
    expect(await feeRestsFor(other.patient, other.caseId)).toEqual([]);
    // Looked at again it still pays nothing: nobody hears of it twice.
    const again = { transferId: entry.id, booking: await numberOf(made), mayDiffer: true };
    expect(valueOf(await matchBankTransfer(finance, again, now()))).toMatchObject({ reason: "fee_paid" });
    expect(await mails()).toBe(1);
    const back = valueOf(await proposeReturn(finance, { transferId: entry.id, reason: REASON }, now()));
    valueOf(await approveReturn(await makeFinance(), back.id, now()));
    valueOf(await sendReturn(finance, back.id, "BANK 78", now()));
    expect(await feeRestsFor(made.patient, made.caseId)).toEqual([]);
  });

  it("finds no order that ended, and none of a number nobody has", async () => {
    const made = await makeOrdered();
    valueOf(await cancelOpinion(made.patient, made.opinionId, now()));
    expect(await record(made)).toMatchObject({ state: "unmatched", reason: "opinion_ended" });
    const unknown = form({ reference: "O-1999-000001", amount: { amount: FEE_MINOR, currency: "EUR" } });
    expect(valueOf(await recordBankTransfer(await makeFinance(), unknown, now()))).toMatchObject({
      ...{ state: "unmatched", reason: "unknown_reference", opinionId: null },
    });
  });

  it("is given back through the bank, whole, when no answer can come", async () => {
    const made = await makeOrdered();
    await record(made);
    valueOf(await cancelOpinion(made.patient, made.opinionId, now()));
    const [refund] = await asPerson(testSystem, (tx) =>
      tx.refund.findMany({ where: { payment: { opinionId: made.opinionId } } }),
    );
    expect(refund).toMatchObject({ state: "approved", amountMinor: fee });
    valueOf(await sendRefund(testSystem, refund?.id ?? "", now()));
    expect(await tasks(made.caseId, "refund_by_bank")).toBe(1);
    const finance = await makeFinance();
    const sent = await Promise.all([1, 2].map(() => settleBankRefund(finance, refund?.id ?? "", now())));
    expect(sent.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await bookedFor(made.opinionId)).toEqual({});
    expect(await tasks(made.caseId, "refund_by_bank")).toBe(0);
  });
});
