import { beforeEach, describe, expect, it } from "vitest";
import { GET as listInvoices } from "@/app/api/v1/invoices/route";
import { POST as confirm } from "@/app/api/v1/ledger/closings/confirm/route";
import { GET as listClosings, POST as propose } from "@/app/api/v1/ledger/closings/route";
import { GET as statement } from "@/app/api/v1/ledger/statement/route";
import { newId } from "@/lib/kernel/ids";
import { invoicesSchema } from "@/lib/documents/invoice-view";
import { sweepInvoices } from "@/lib/documents/sweep-invoices";
import { asPerson } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { accountSchema, closedSchema, closingsSchema } from "@/lib/payments/books-view";
import { monthOf } from "@/lib/payments/closing";
import { connect } from "@/scripts/steps/database.mjs";
import { deliverRide, makeFullyPaid, makeTaxSettings } from "@/tests/support/invoices";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";
import { call, tokenOf } from "@/tests/support/routes";

/** The ledger of the test begins anew: only its owner may. */
beforeEach(async () => {
  const owner = await connect(env().DATABASE_URL);
  await owner.query(
    `TRUNCATE "LedgerEntry", "LedgerTx", "LedgerClosing", "Task", "BankTransfer", "BalanceMovement" CASCADE`,
  );
  await owner.end();
});

const last = monthOf(new Date(Date.parse(`${monthOf(new Date())}-01T00:00:00Z`) - 1));

async function book(amountMinor: bigint, day: number): Promise<void> {
  const at = new Date(`${last}-${String(day).padStart(2, "0")}T12:00:00Z`);
  const txId = newId();
  await asPerson(testSystem, async (tx) => {
    await tx.ledgerTx.create({ data: { id: txId, kind: "test", reference: newId(), memo: "test", at } });
    await tx.ledgerEntry.createMany({
      data: (["psp_clearing", "write_off"] as const).map((account, index) => ({
        ...{ txId, account, currency: "EUR", at, amountMinor: index === 0 ? amountMinor : -amountMinor },
      })),
    });
  });
}

async function makeTokens() {
  const people = await Promise.all([makeFinance(), makeFinance(), makeCoordinator()]);
  const [one = "", other = "", coordinator = ""] = await Promise.all(people.map((each) => tokenOf(each)));
  return { one, other, coordinator };
}

describe("the books by API", () => {
  it("tell an account page by page, each entry with the balance after it", async () => {
    const { one, coordinator } = await makeTokens();
    for (const day of [3, 5, 7]) await book(100n, day);
    const asked = "?account=psp_clearing&currency=EUR&limit=2";
    const first = accountSchema.parse((await call(statement, { token: one, query: asked })).body);
    expect(first.opening.amount).toBe(0);
    expect(first.items.map((row) => row.balance.amount)).toEqual([100, 200]);
    const more = await call(statement, { token: one, query: `${asked}&cursor=${first.next}` });
    expect(accountSchema.parse(more.body)).toMatchObject({
      ...{
        opening: { amount: 200 },
        items: [{ amount: { amount: 100 }, balance: { amount: 300 } }],
        next: null,
      },
    });
    const later = await call(statement, { token: one, query: `${asked}&from=${last}-04` });
    expect(accountSchema.parse(later.body).opening.amount).toBe(100);
    expect((await call(statement, { token: one, query: "?account=cash" })).status).toBe(422);
    expect((await call(statement, { token: coordinator, query: asked })).status).toBe(404);
  });

  it("close a month by two people, once", async () => {
    const { one, other, coordinator } = await makeTokens();
    await book(100n, 3);
    const open = closingsSchema.parse((await call(listClosings, { token: one })).body);
    expect(open).toMatchObject({ items: [], toClose: { month: last, hindrances: [] } });
    const proposed = await call(propose, { token: one, body: { month: last } });
    const body = closedSchema.parse(proposed.body);
    expect(await call(confirm, { token: one, body })).toMatchObject({
      ...{ status: 409, body: { code: "same_person" } },
    });
    expect((await call(confirm, { token: other, body: { month: last, hash: "no" } })).status).toBe(422);
    expect(closedSchema.parse((await call(confirm, { token: other, body })).body)).toEqual(body);
    expect((await call(confirm, { token: other, body })).status).toBe(404);
    const closed = closingsSchema.parse((await call(listClosings, { token: one })).body);
    expect(closed.items).toMatchObject([{ month: last, state: "closed", hash: body.hash }]);
    expect(await call(propose, { token: one, body: { month: monthOf(new Date()) } })).toMatchObject({
      ...{ status: 409, body: { code: "month_runs" } },
    });
    for (const door of [propose, confirm, listClosings])
      expect((await call(door, { token: coordinator, body: {} })).status).toBe(404);
  });

  it("list the invoices with their sums, the newest first", async () => {
    await makeTaxSettings();
    const made = await makeFullyPaid();
    await deliverRide(made.bookingId);
    await sweepInvoices(testSystem, new Date());
    const { one, coordinator } = await makeTokens();
    const listed = invoicesSchema.parse((await call(listInvoices, { token: one, query: "?limit=5" })).body);
    const [newest] = listed.items;
    expect(newest?.kind).toBe("invoice");
    expect(newest && newest.net.amount + newest.tax.amount).toBe(newest?.gross.amount);
    expect((await call(listInvoices, { token: coordinator })).status).toBe(404);
  });
});
