import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GET as listTransfers, POST as bankTransfer } from "@/app/api/v1/bank-transfers/route";
import { GET as getStatement } from "@/app/api/v1/bookings/[id]/statement/route";
import { GET as listDocuments } from "@/app/api/v1/cases/[id]/documents/route";
import { GET as check } from "@/app/api/v1/check/[code]/route";
import { GET as getContent } from "@/app/api/v1/documents/[id]/content/route";
import { GET as getLedger } from "@/app/api/v1/ledger/route";
import { GET as getBalance } from "@/app/api/v1/ledger/trial-balance/route";
import { POST as checkout } from "@/app/api/v1/plan-items/[id]/checkout/route";
import { POST as approve } from "@/app/api/v1/refunds/[id]/approve/route";
import { GET as getRefund } from "@/app/api/v1/refunds/[id]/route";
import { GET as listRefunds, POST as propose } from "@/app/api/v1/refunds/route";
import { newId } from "@/lib/kernel/ids";
import { issueReceipt } from "@/lib/documents/issue-receipt";
import { checkSchema, documentsSchema } from "@/lib/documents/views";
import { ledgerForm } from "@/lib/payments/forms";
import { ledgerSchema, trialBalanceSchema } from "@/lib/payments/ledger-view";
import { bookingNumbersOf, ledgerFor } from "@/lib/payments/queries";
import { sendRefund } from "@/lib/payments/send-refund";
import { statementSchema } from "@/lib/payments/statement-view";
import { checkoutSchema, proposedSchema, refundSchema, transferSchema } from "@/lib/payments/views";
import { makeUnpaidBooking } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, makePatient, testSystem } from "@/tests/support/people";
import { call, tokenOf } from "@/tests/support/routes";
import { withProvider } from "@/tests/support/with-provider";

const provider = withProvider();

async function makeTokens() {
  const made = await makeUnpaidBooking();
  const [patient, coordinator, finance, stranger] = await Promise.all([
    tokenOf(made.patient),
    tokenOf(await makeCoordinator()),
    tokenOf(await makeFinance()),
    tokenOf(await makePatient()),
  ]);
  return { ...made, tokens: { patient, coordinator, finance, stranger } };
}

describe("money over the API", () => {
  it("is paid, shown, given back and adds up, in the shapes it describes", async () => {
    const { depositId, bookingId, caseId, tokens } = await makeTokens();
    const pay = await call(checkout, { token: tokens.patient, params: { id: depositId }, body: {} });
    expect(pay.status).toBe(200);
    const opened = checkoutSchema.parse(pay.body);
    expect(opened.amount).toEqual({ amount: 350_000, currency: "EUR" });
    await provider().pay(opened.url);
    await provider().work();
    expect(
      await call(checkout, { token: tokens.patient, params: { id: depositId }, body: {} }),
    ).toMatchObject({
      status: 409,
      body: { code: "already_paid" },
    });

    const refund = await call(propose, {
      token: tokens.coordinator,
      body: { paymentId: opened.paymentId, cause: "goodwill", amount: { amount: 50_000, currency: "EUR" } },
    });
    expect(refund.status).toBe(201);
    const { id, refunds } = proposedSchema.parse(refund.body);
    expect(refund.headers.get("location")).toBe(`/api/v1/refunds/${id}`);
    expect(refunds).toHaveLength(1);
    const approved = await call(approve, { token: tokens.finance, params: { id }, body: {} });
    expect(refundSchema.parse(approved.body).state).toBe("approved");
    const twice = await call(approve, { token: tokens.finance, params: { id }, body: {} });
    expect(twice).toMatchObject({ status: 409, body: { code: "illegal_transition" } });
    await sendRefund(testSystem, id, new Date());
    const settled = await call(getRefund, { token: tokens.patient, params: { id } });
    expect(refundSchema.parse(settled.body).state).toBe("settled");
    expect((await call(listRefunds, { token: tokens.finance, query: "?state=settled" })).status).toBe(200);

    const shown = await call(getStatement, { token: tokens.patient, params: { id: bookingId } });
    const statement = statementSchema.parse(shown.body);
    expect(statement.totals).toMatchObject({
      paid: { amount: 350_000 },
      refunded: { amount: 50_000 },
      held: { amount: 300_000 },
    });
    expect(statement.movements.map((movement) => movement.type)).toEqual(["payment", "refund"]);

    const entries = ledgerSchema.parse(
      (await call(getLedger, { token: tokens.finance, query: `?bookingId=${bookingId}&limit=2` })).body,
    );
    expect(entries.items).toHaveLength(2);
    const rest = ledgerSchema.parse(
      (
        await call(getLedger, {
          token: tokens.finance,
          query: `?bookingId=${bookingId}&cursor=${entries.next}`,
        })
      ).body,
    );
    const all = [...entries.items, ...rest.items];
    const newest = await ledgerFor(await makeFinance(), ledgerForm.parse({ bookingId, limit: 2 }), "newest");
    expect(newest.items.map(({ id }) => id)).toEqual(
      all
        .map(({ id }) => id)
        .toReversed()
        .slice(0, 2),
    );
    expect(all.reduce((sum, entry) => sum + entry.debit - entry.credit, 0)).toBe(0);
    const numbers = await bookingNumbersOf(await makeFinance(), [...newest.items, { bookingId: null }]);
    expect([...numbers.keys()]).toEqual([bookingId]);
    expect(numbers.get(bookingId)).toMatch(/^B-\d{4}-/);
    const account = await call(getLedger, {
      token: tokens.finance,
      query: "?account=psp_clearing&from=2020-01-01&to=2020-12-31",
    });
    expect(account.body).toEqual({ items: [], next: null });
    const balance = trialBalanceSchema.parse((await call(getBalance, { token: tokens.finance })).body);
    expect(balance.totals).toMatchObject([{ currency: "EUR", balance: 0 }]);
    expect(balance.items.find((row) => row.account === "refund_payable")?.balance).toBe(0);

    await issueReceipt(testSystem, opened.paymentId, new Date());
    const papers = documentsSchema.parse(
      (await call(listDocuments, { token: tokens.patient, params: { id: caseId } })).body,
    );
    const [receipt] = papers.items;
    const code = receipt?.checkCode ?? "";
    const checked = await call(check, { params: { code } });
    expect(checkSchema.parse(checked.body)).toEqual(checked.body);
    expect((await call(check, { params: { code: "0000-0000-0000-0000" } })).status).toBe(404);
    expect((await call(listDocuments, { token: tokens.stranger, params: { id: caseId } })).status).toBe(404);
    expect(
      (await call(getContent, { token: tokens.stranger, params: { id: receipt?.id ?? "" } })).status,
    ).toBe(404);
  });

  it("takes a bank transfer and keeps what fits nothing", async () => {
    const { depositId, tokens } = await makeTokens();
    const body = { planItemId: depositId, amount: 350_000, currency: "EUR", receivedOn: "2026-11-20" };
    const first = await call(bankTransfer, { token: tokens.finance, body });
    expect(first.status).toBe(201);
    expect(transferSchema.parse(first.body).state).toBe("matched");
    const second = await call(bankTransfer, { token: tokens.finance, body });
    expect(transferSchema.parse(second.body)).toMatchObject({ state: "unmatched", reason: "already_paid" });
    const waiting = await call(listTransfers, { token: tokens.finance });
    expect(waiting.body).toMatchObject({ items: [{ reason: "already_paid" }] });
  });

  it("is closed to everybody else", async () => {
    const { depositId, bookingId, tokens } = await makeTokens();
    const id = newId();
    const answers = await Promise.all([
      call(checkout, { token: tokens.stranger, params: { id: depositId }, body: {} }),
      call(checkout, { token: tokens.finance, params: { id: depositId }, body: {} }),
      call(checkout, { token: tokens.patient, params: { id: "not-an-id" }, body: {} }),
      call(getStatement, { token: tokens.stranger, params: { id: bookingId } }),
      call(getLedger, { token: tokens.patient }),
      call(getBalance, { token: tokens.coordinator }),
      call(approve, { token: tokens.coordinator, params: { id }, body: {} }),
      call(approve, { token: tokens.finance, params: { id }, body: {} }),
      call(propose, { token: tokens.patient, body: { bookingId, cause: "goodwill", amount: 1 } }),
      call(bankTransfer, { token: tokens.coordinator, body: {} }),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 404));
    expect((await call(getBalance, {})).status).toBe(401);
  });

  it("never fails on any input", async () => {
    const { tokens } = await makeTokens();
    const junk = fc.oneof(
      fc.anything({ maxDepth: 2 }).filter((value) => value !== undefined && isJson(value)),
      fc.record({
        bookingId: fc.oneof(fc.uuid(), fc.string()),
        paymentId: fc.option(fc.uuid(), { nil: undefined }),
        cause: fc.constantFrom("visa_refused", "goodwill", "\u0000", 5),
        amount: fc.oneof(
          fc.double(),
          fc.bigInt().map(Number),
          fc.record({ amount: fc.integer(), currency: fc.string() }),
        ),
        currency: fc.constantFrom("EUR", "ZZZ", 1),
        reference: fc.oneof(fc.string(), fc.constant("B-2026-000001\u0000")),
        receivedOn: fc.constantFrom("2026-11-20", "2026-02-31", "", 7),
      }),
    );
    await fc.assert(
      fc.asyncProperty(junk, async (body) => {
        const answers = await Promise.all([
          call(propose, { token: tokens.finance, body }),
          call(bankTransfer, { token: tokens.finance, body }),
        ]);
        for (const answer of answers) expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
    for (const query of [
      "?limit=0",
      "?account=%00",
      "?from=yesterday",
      "?cursor=%F0",
      "?to=2026-13-01",
      "?bookingId=x",
    ]) {
      expect((await call(getLedger, { token: tokens.finance, query })).status).toBe(422);
    }
  });
});

function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}
