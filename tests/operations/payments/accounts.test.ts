import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { exportLedger } from "@/lib/payments/export-ledger";
import { accountForm, ledgerPeriodForm } from "@/lib/payments/forms";
import { LEDGER_COLUMNS } from "@/lib/payments/ledger-sheet";
import { accountStatement, trialBalanceAt } from "@/lib/payments/read-account";
import { makeFinance, testSystem } from "@/tests/support/people";

const DAYS = ["2026-03-01", "2026-03-15", "2026-03-31", "2026-04-01"] as const;

beforeAll(async () => {
  for (const [index, day] of DAYS.entries()) {
    const at = new Date(`${day}T23:30:00Z`);
    const txId = newId();
    await asPerson(testSystem, async (tx) => {
      const memo = index === 0 ? '=HYPERLINK("http://evil.test")' : `entry ${index}, "quoted"`;
      await tx.ledgerTx.create({ data: { id: txId, kind: "test", reference: `r${index}`, memo, at } });
      const amountMinor = BigInt(10 ** index);
      await tx.ledgerEntry.createMany({
        data: [
          { txId, account: "psp_clearing", currency: index === 3 ? "KWD" : "EUR", at, amountMinor },
          {
            txId,
            account: "write_off",
            currency: index === 3 ? "KWD" : "EUR",
            at,
            amountMinor: -amountMinor,
          },
        ],
      });
    });
  }
});

describe("the trial balance at the end of a day", () => {
  it("counts that day to its last second, by currency and account, and comes to zero", async () => {
    const finance = await makeFinance();
    const rows = await trialBalanceAt(finance, "2026-03-15");
    expect(rows).toEqual([
      { account: "psp_clearing", currency: "EUR", debitMinor: 11n, creditMinor: 0n },
      { account: "write_off", currency: "EUR", debitMinor: 0n, creditMinor: 11n },
    ]);
    expect(await trialBalanceAt(finance, "2026-02-28")).toEqual([]);
    expect((await trialBalanceAt(finance, undefined)).map((row) => row.currency)).toContain("KWD");
  });
});

describe("the statement of an account", () => {
  it("goes on from page to page with the balance after each entry, and leaves a trace", async () => {
    const finance = await makeFinance();
    const asked = { account: "psp_clearing", currency: "EUR", limit: 2 };
    const one = await accountStatement(finance, accountForm.parse(asked));
    expect(one.rows.map((row) => row.balanceMinor)).toEqual([1n, 11n]);
    const two = await accountStatement(finance, accountForm.parse({ ...asked, cursor: one.next }));
    expect([two.openingMinor, two.rows.map((row) => row.balanceMinor), two.next]).toEqual([
      11n,
      [111n],
      null,
    ]);
    const days = { ...asked, from: "2026-03-02", to: "2026-03-15" };
    const some = await accountStatement(finance, accountForm.parse(days));
    expect([some.openingMinor, some.rows.map((row) => row.amountMinor)]).toEqual([1n, [10n]]);
    expect(
      await openDb().auditEvent.count({ where: { event: "ledger.viewed", actorId: finance.personId } }),
    ).toBe(3);
  });
});

describe("the ledger as a sheet", () => {
  it("holds every entry of its days once, no formula, and leaves a trace", async () => {
    const finance = await makeFinance();
    const parts: string[] = [];
    for await (const part of exportLedger(
      finance,
      ledgerPeriodForm.parse({ from: "2026-03-01", to: "2026-03-31" }),
    ))
      parts.push(part);
    const lines = parts.join("").split("\r\n");
    expect(lines[0]).toBe(LEDGER_COLUMNS.join(","));
    expect(lines.slice(1, -1)).toHaveLength(6);
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil.test"")"`);
    expect(lines.some((line) => line.includes(",-1.00,-100,"))).toBe(true);
    expect(
      await openDb().auditEvent.count({ where: { event: "ledger.exported", actorId: finance.personId } }),
    ).toBe(1);
  });
});
