import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dateOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { GET as getPlan } from "@/app/api/v1/bookings/[id]/plan/route";
import { POST as checkout } from "@/app/api/v1/plan-items/[id]/checkout/route";
import { POST as match } from "@/app/api/v1/bank-transfers/[id]/match/route";
import { POST as enter } from "@/app/api/v1/bank-transfers/route";
import { asPerson, openDb } from "@/lib/infra/db";
import { dropStripe } from "@/lib/infra/stripe";
import { bankTransferForm } from "@/lib/payments/forms";
import { matchBankTransfer } from "@/lib/payments/match-bank-transfer";
import { approveReturn } from "@/lib/payments/approve-return";
import { proposeReturn } from "@/lib/payments/propose-return";
import { unmatchedTransfersFor } from "@/lib/payments/queries";
import { statementFor } from "@/lib/payments/read-statement";
import { statementView } from "@/lib/payments/statement-view";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { startCheckout } from "@/lib/payments/start-checkout";
import { checkoutSchema, transferSchema } from "@/lib/payments/views";
import { valueOf } from "@/tests/support/outcomes";
import { balanceNow, makeBalance, paymentsOf, statesOf } from "@/tests/support/parts";
import { ledgerSums, makeUnpaidBooking, type Provider, startProvider } from "@/tests/support/payments";
import { makeFinance, makePatient, testSystem } from "@/tests/support/people";
import { call, tokenOf } from "@/tests/support/routes";

let provider: Provider;
const now = () => new Date();

beforeAll(async () => {
  provider = await startProvider();
});

afterAll(async () => {
  await provider.stop();
  dropStripe();
});

const form = (planItemId: string, amount: number, mayDiffer = true) =>
  bankTransferForm.parse({
    ...{ planItemId, mayDiffer, receivedOn: "2026-11-20" },
    amount: { amount, currency: "EUR" },
  });

const transfersOf = (ids: readonly (string | null)[]) =>
  asPerson(testSystem, (tx) =>
    tx.bankTransfer.findMany({
      where: { id: { in: ids.flatMap((id) => id ?? []) } },
      orderBy: { amountMinor: "desc" },
    }),
  );

/** A number nobody else has. */
async function numbered(id: string): Promise<string> {
  const number = `B-2026-${newId().replaceAll(/\D/g, "").slice(-9)}`;
  await asPerson(testSystem, (tx) => tx.booking.update({ where: { id }, data: { number } }));
  return number;
}

const openTasks = (title: string) =>
  asPerson(testSystem, (tx) => tx.task.count({ where: { kind: "unmatched_payment", title, state: "open" } }));

describe("a transfer smaller than its instalment", () => {
  it("stays unmatched until somebody says that it may pay a part, and then pays it once", async () => {
    const made = await makeBalance(provider);
    const finance = await makeFinance();
    const kept = valueOf(await recordBankTransfer(finance, form(made.balanceId, 80_000, false), now()));
    expect(kept).toMatchObject({ state: "unmatched", reason: "amount_differs", restId: null });
    expect(await openTasks(kept.id)).toBe(1);

    const number = await numbered(made.bookingId);
    const looked = { transferId: kept.id, booking: number };
    expect(valueOf(await matchBankTransfer(finance, looked, now()))).toMatchObject({ state: "unmatched" });
    const answers = await Promise.all(
      [finance, await makeFinance()].map((one) =>
        matchBankTransfer(one, { ...looked, mayDiffer: true }, now()),
      ),
    );
    for (const answer of answers)
      expect(answer.ok ? answer.value.state : answer.reason).toMatch(/matched|not_found/);

    expect(await balanceNow(made)).toMatchObject({
      ...{ state: "partially_paid", paidMinor: 80_000n, paidAMinor: 24_000n },
    });
    expect(await openTasks(kept.id)).toBe(0);
    expect(await paymentsOf(made.balanceId)).toMatchObject([
      { method: "bank_transfer", amountMinor: 80_000n, contractAMinor: 24_000n, state: "succeeded" },
    ]);
    const read = await statementFor(made.patient, made.bookingId);
    expect(read?.statement).toMatchObject({ surplusMinor: 0n, totals: { openMinor: 120_000n } });
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
  });

  it("lets the card pay the open rest, and closes a page of the old sum first", async () => {
    const made = await makeBalance(provider);
    const page = valueOf(await startCheckout(made.patient, made.balanceId, now()));
    const finance = await makeFinance();
    const entered = valueOf(await recordBankTransfer(finance, form(made.balanceId, 80_000), now()));
    expect(entered).toMatchObject({ state: "matched", planItemId: made.balanceId, restId: null });

    await provider.pay(page.url);
    await provider.work();
    expect(await balanceNow(made)).toMatchObject({ paidMinor: 80_000n });
    const rest = valueOf(await startCheckout(made.patient, made.balanceId, now()));
    expect(rest.amountMinor).toBe(120_000n);
    await provider.pay(rest.url);
    await provider.work();
    expect(await balanceNow(made)).toMatchObject({ state: "paid", paidAMinor: 60_000n });
    expect((await statesOf(made.balanceId)).toSorted()).toEqual(["expired", "succeeded", "succeeded"]);
  });

  it("finds the whole paid where the page was paid in the meantime, and goes back", async () => {
    const made = await makeBalance(provider);
    const page = valueOf(await startCheckout(made.patient, made.balanceId, now()));
    await provider.pay(page.url);
    const finance = await makeFinance();
    const entered = valueOf(await recordBankTransfer(finance, form(made.balanceId, 80_000), now()));
    expect(entered).toMatchObject({ state: "unmatched", reason: "already_paid" });
    const refunds = await asPerson(testSystem, (tx) =>
      tx.refund.findMany({ where: { paymentId: entered.paymentId ?? "" } }),
    );
    expect(refunds).toMatchObject([{ amountMinor: 80_000n, state: "calculated", cause: "duplicate" }]);
    expect(await balanceNow(made)).toMatchObject({ state: "paid", paidMinor: 200_000n });
  });

  it("pays no other instalment than the one it would have paid when somebody said so", async () => {
    const made = await makeBalance(provider);
    const next = newId();
    await asPerson(testSystem, async (tx) => {
      const item = await tx.planItem.findUniqueOrThrow({ where: { id: made.balanceId } });
      const later = { kind: "change", state: "planned" as const, dueOn: dateOf("2027-09-01") };
      await tx.planItem.create({ data: { ...item, ...later, id: next, position: item.position + 1 } });
    });
    const finance = await makeFinance();
    const number = await numbered(made.bookingId);
    const sent = (amount: number) =>
      recordBankTransfer(finance, { ...form(next, amount), planItemId: null, reference: number }, now());
    const page = valueOf(await startCheckout(made.patient, made.balanceId, now()));
    await provider.pay(page.url);

    const entered = valueOf(await sent(80_000));
    expect(entered).toMatchObject({ state: "unmatched", reason: "amount_differs", paymentId: null });
    expect(await openTasks(entered.id)).toBe(1);
    expect(await balanceNow(made)).toMatchObject({ state: "paid", paidMinor: 200_000n });
    expect(await balanceNow({ balanceId: next })).toMatchObject({ paidMinor: 0n });
    // Said of it now, it pays a part of it.
    expect(valueOf(await sent(80_000))).toMatchObject({ state: "matched", planItemId: next });
  });

  it("keeps no day: of a deposit it pays nothing", async () => {
    const made = await makeUnpaidBooking();
    const finance = await makeFinance();
    const entered = valueOf(await recordBankTransfer(finance, form(made.depositId, 349_999), now()));
    expect(entered).toMatchObject({ state: "unmatched", reason: "deposit_in_one" });
    const item = await asPerson(testSystem, (tx) =>
      tx.planItem.findUnique({ where: { id: made.depositId } }),
    );
    expect(item).toMatchObject({ paidMinor: 0n });
  });
});

describe("a transfer larger than its instalment", () => {
  it("pays it and leaves the rest as the payer's own, to be matched or sent back", async () => {
    const made = await makeBalance(provider);
    const finance = await makeFinance();
    const entered = valueOf(await recordBankTransfer(finance, form(made.balanceId, 250_001), now()));
    expect(entered.state).toBe("matched");
    expect(await balanceNow(made)).toMatchObject({ state: "paid", paidMinor: 200_000n });
    expect(await transfersOf([entered.id, entered.restId])).toMatchObject([
      { state: "matched", amountMinor: 250_001n, restOfId: null },
      { state: "unmatched", amountMinor: 50_001n, restOfId: entered.id, reason: "rest_of_transfer" },
    ]);
    expect(await openTasks(entered.restId ?? "")).toBe(1);
    const waiting = await unmatchedTransfersFor(finance);
    expect(waiting.some(({ id }) => id === entered.restId)).toBe(true);
    const read = await statementFor(made.patient, made.bookingId);
    expect(read?.statement.surplusMinor).toBe(50_001n);
    const sentence = read && statementView(read, "en").surplus.text;
    expect(sentence).toMatch(/^€500\.01 was left over from a bank transfer/);
    // It was not paid twice, and whoever reads it need not wonder.
    expect(sentence).not.toMatch(/paid twice/);
    expect(read && statementView(read, "ar").surplus.text).toMatch(/حوالة مصرفية/);
    const to = made.patient.email;
    expect(await openDb().outboxMail.count({ where: { to, template: "payment_problem" } })).toBe(1);

    const proposed = valueOf(
      await proposeReturn(finance, { transferId: entered.restId ?? "", reason: "Sent too much." }, now()),
    );
    valueOf(await approveReturn(await makeFinance(), proposed.id, now()));
    const gone = await statementFor(made.patient, made.bookingId);
    expect(gone?.statement.surplusMinor).toBe(0n);
    expect(gone && statementView(gone, "en").surplus.text).toBeNull();
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
  });

  it("pays the next instalment with its rest once somebody says so", async () => {
    const made = await makeUnpaidBooking();
    const number = await numbered(made.bookingId);
    const finance = await makeFinance();
    const entered = valueOf(await recordBankTransfer(finance, form(made.depositId, 430_000), now()));
    expect(entered.state).toBe("matched");
    const next = await matchBankTransfer(
      finance,
      { transferId: entered.restId ?? "", booking: number, mayDiffer: true },
      now(),
    );
    expect(valueOf(next)).toMatchObject({ state: "matched", planItemId: made.balanceId, restId: null });
    expect(await balanceNow(made)).toMatchObject({ state: "partially_paid", paidMinor: 80_000n });
  });

  it("is booked once, whoever enters it at once and however often", async () => {
    const made = await makeBalance(provider);
    const finance = await makeFinance();
    const entry = { id: newId(), isAgain: false };
    const answers = await Promise.all(
      [1, 2, 3].map(() => recordBankTransfer(finance, form(made.balanceId, 250_000), now(), entry)),
    );
    const values = answers.map(valueOf);
    expect(new Set(values.map(({ restId }) => restId)).size).toBe(1);
    expect(values).toEqual(Array.from({ length: 3 }, () => values[0]));
    expect(await paymentsOf(made.balanceId)).toMatchObject([{ amountMinor: 200_000n }]);

    const other = await makeBalance(provider);
    const both = await Promise.all(
      [finance, await makeFinance()].map((one) =>
        recordBankTransfer(one, form(other.balanceId, 120_000), now()),
      ),
    );
    const rests = both.map(valueOf).map(({ restId }) => restId);
    expect(await balanceNow(other)).toMatchObject({ state: "paid", paidMinor: 200_000n });
    expect(await transfersOf(rests)).toMatchObject([{ amountMinor: 40_000n, state: "unmatched" }]);
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
  });

  it("loses no unit: the database takes no transfer that does not add up", async () => {
    const made = await makeBalance(provider);
    const finance = await makeFinance();
    const { id, restId } = valueOf(await recordBankTransfer(finance, form(made.balanceId, 250_000), now()));
    const change = (row: string | null, amountMinor: bigint) =>
      asPerson(testSystem, (tx) =>
        tx.bankTransfer.update({ where: { id: row ?? "" }, data: { amountMinor } }),
      );
    await expect(change(id, 250_001n)).rejects.toThrow(/are what arrived/);
    await expect(change(restId, 49_999n)).rejects.toThrow(/are what arrived/);
    await expect(
      asPerson(testSystem, (tx) =>
        tx.bankTransfer.update({ where: { id: restId ?? "" }, data: { restOfId: null } }),
      ),
    ).rejects.toThrow(/are what arrived/);
  });
});

describe("the API of parts", () => {
  it("takes a part by bank from finance alone, and says what is left over", async () => {
    const made = await makeBalance(provider);
    const [finance, patient] = [await tokenOf(await makeFinance()), await tokenOf(made.patient)];
    const body = {
      ...{ planItemId: made.balanceId, amount: { amount: 250_000, currency: "EUR" } },
      ...{ receivedOn: "2026-11-20", mayDiffer: true },
    };
    expect((await call(enter, { token: patient, body })).status).toBe(404);
    const answer = await call(enter, { token: finance, body });
    expect(answer.status).toBe(201);
    const entered = transferSchema.parse(answer.body);
    const params = { id: entered.restId ?? "" };
    const looked = { booking: "B-2026-000000", mayDiffer: true };
    const again = await call(match, { token: finance, params, body: looked });
    expect(transferSchema.parse(again.body)).toMatchObject({ state: "unmatched", restId: null });
    expect((await call(match, { token: patient, params, body: looked })).status).toBe(404);
  });

  it("opens a page for a part to the payer alone, and shows what is paid and open", async () => {
    const made = await makeBalance(provider);
    const [patient, stranger] = [await tokenOf(made.patient), await tokenOf(await makePatient())];
    const params = { id: made.balanceId };
    const ask = (token: string, body: object) => call(checkout, { token, params, body });
    expect((await ask(stranger, { amount: 80_000 })).status).toBe(404);
    const small = await ask(patient, { amount: 1_000 });
    expect([small.status, small.body]).toMatchObject([422, { code: "invalid_part" }]);
    const opened = checkoutSchema.parse((await ask(patient, { amount: 80_000 })).body);
    expect(opened.amount).toEqual({ amount: 80_000, currency: "EUR" });
    await provider.pay(opened.url);
    await provider.work();
    const plan = await call(getPlan, { token: patient, params: { id: made.bookingId } });
    expect(plan.body).toMatchObject({
      items: [
        {},
        {
          ...{ state: "partially_paid", amount: { amount: 200_000 }, paid: { amount: 80_000 } },
          ...{ open: { amount: 120_000 }, part: { least: { amount: 50_000 }, most: { amount: 70_000 } } },
        },
      ],
    });
    expect(checkoutSchema.parse((await ask(patient, {})).body).amount.amount).toBe(120_000);
    expect((await call(getPlan, { token: stranger, params: { id: made.bookingId } })).status).toBe(404);
  });
});
