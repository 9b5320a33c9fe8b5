import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { closingText, monthAfter, monthOf, type Month } from "@/lib/payments/closing";
import { confirmClosing } from "@/lib/payments/confirm-closing";
import { correctionForm } from "@/lib/payments/forms";
import { openMoneyTask } from "@/lib/payments/open-money-task";
import { proposeClosing } from "@/lib/payments/propose-closing";
import { recordCorrection } from "@/lib/payments/record-correction";
import { closingsFor, hindrancesOf } from "@/lib/payments/read-closing";
import { sha256 } from "@/lib/infra/hash";
import { connect } from "@/scripts/steps/database.mjs";
import { makeUnpaidBooking } from "@/tests/support/payments";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, makeFinance, makePatient, testSystem } from "@/tests/support/people";

const now = new Date();
const running = monthOf(now);
const before = (month: Month) => monthOf(new Date(Date.parse(`${month}-01T00:00:00Z`) - 1));
const [first, second] = [before(before(running)), before(running)];

/** The ledger of the test begins anew: only its owner may. */
async function forget(): Promise<void> {
  const owner = await connect(env().DATABASE_URL);
  await owner.query(
    `TRUNCATE "LedgerEntry", "LedgerTx", "LedgerClosing", "Task", "BankTransfer", "BalanceMovement" CASCADE`,
  );
  await owner.end();
}
beforeEach(forget);

/** One event of a moment, as the application writes it. */
async function book(at: Date, amountMinor = 100n, reference = newId()): Promise<string> {
  const txId = newId();
  await asPerson(testSystem, async (tx) => {
    await tx.ledgerTx.create({ data: { id: txId, kind: "test", reference, memo: "test", at } });
    await tx.ledgerEntry.createMany({
      data: (["psp_clearing", "write_off"] as const).map((account, index) => ({
        ...{ txId, account, currency: "EUR", at, amountMinor: index === 0 ? amountMinor : -amountMinor },
      })),
    });
  });
  return txId;
}

const inMonth = (month: Month, day = 15) => new Date(`${month}-${String(day).padStart(2, "0")}T12:00:00Z`);

async function close(month: Month) {
  const [one, two] = [await makeFinance(), await makeFinance()];
  const { hash } = valueOf(await proposeClosing(one, month, now));
  return confirmClosing(two, { month, hash }, now);
}

describe("closing a month", () => {
  it("takes two people, keeps the trial balance with its hash, and the hash goes on from the month before", async () => {
    await book(inMonth(first), 250n);
    await book(inMonth(second), 50n);
    const finance = await makeFinance();
    const { hash } = valueOf(await proposeClosing(finance, first, now));
    expect(reasonOf(await confirmClosing(finance, { month: first, hash }, now))).toBe("same_person");
    valueOf(await confirmClosing(await makeFinance(), { month: first, hash }, now));
    const kept = await asPerson(testSystem, (tx) =>
      tx.ledgerClosing.findUniqueOrThrow({ where: { month: first } }),
    );
    const balance = [
      { account: "psp_clearing", currency: "EUR", debit: "250", credit: "0" },
      { account: "write_off", currency: "EUR", debit: "0", credit: "250" },
    ];
    expect(kept).toMatchObject({ state: "closed", balance, hash: sha256(closingText(first, balance, null)) });
    valueOf(await close(second));
    const next = await asPerson(testSystem, (tx) =>
      tx.ledgerClosing.findUniqueOrThrow({ where: { month: second } }),
    );
    expect(next.previousHash).toBe(hash);
    const trace = {
      event: { in: ["ledger.closing_proposed", "ledger.closed"] },
      facts: { path: ["month"], equals: first },
    };
    expect(await openDb().auditEvent.count({ where: trace })).toBe(2);
  });

  it("lets the database refuse every entry dated into it, and takes the next month's", async () => {
    const txId = await book(inMonth(first));
    valueOf(await close(first));
    await expect(book(inMonth(first, 28))).rejects.toThrow(/closed/);
    await expect(book(new Date(`${first}-01T00:00:00Z`))).rejects.toThrow(/closed/);
    const at = inMonth(first);
    const late = (["psp_clearing", "write_off"] as const).map((account, index) => ({
      ...{ txId, account, currency: "EUR", at, amountMinor: index === 0 ? 5n : -5n },
    }));
    await expect(asPerson(testSystem, (tx) => tx.ledgerEntry.createMany({ data: late }))).rejects.toThrow(
      /closed/,
    );
    await book(new Date(`${monthAfter(first)}-01T00:00:00Z`));
  });

  it("is not possible for the running month, nor out of order, nor twice", async () => {
    await book(inMonth(first));
    const finance = await makeFinance();
    expect(reasonOf(await proposeClosing(finance, running, now))).toBe("month_runs");
    expect(reasonOf(await proposeClosing(finance, second, now))).toBe("month_out_of_order");
    valueOf(await close(first));
    expect(reasonOf(await proposeClosing(finance, first, now))).toBe("month_out_of_order");
    expect((await closingsFor(finance, now)).next?.month).toBe(second);
  });

  it("waits for money nobody can explain, and says which", async () => {
    await book(inMonth(first));
    const { caseId } = await makeUnpaidBooking();
    const task = { caseId, kind: "refund_failed" as const, title: "R1" };
    await asPerson(testSystem, async (tx) => {
      await openMoneyTask(tx, task, inMonth(first));
      await tx.task.updateMany({ where: { title: "R1" }, data: { createdAt: inMonth(first) } });
    });
    const one = await makeFinance();
    expect(reasonOf(await proposeClosing(one, first, now))).toBe("month_unexplained");
    expect(await hindrancesOf(first)).toMatchObject([{ kind: "refund_failed", title: "R1" }]);
    await asPerson(testSystem, (tx) =>
      tx.task.updateMany({ where: { title: "R1" }, data: { state: "done", doneAt: now } }),
    );
    const transfer = {
      currency: "EUR",
      amountMinor: 1n,
      receivedOn: inMonth(first),
      recordedById: one.personId,
    };
    await asPerson(testSystem, (tx) =>
      tx.bankTransfer.create({
        data: { ...transfer, state: "unmatched", reference: "who knows", recordedAt: inMonth(first) },
      }),
    );
    expect(await hindrancesOf(first)).toMatchObject([{ kind: "unmatched_payment", title: "who knows" }]);
    expect(reasonOf(await proposeClosing(one, first, now))).toBe("month_unexplained");
  });

  it("waits for money at the provider that nothing explains, whatever else is in order", async () => {
    await book(inMonth(first));
    const movement = { type: "stripe_fee", currency: "EUR", amountMinor: -300n, feeMinor: 0n };
    await asPerson(testSystem, (tx) =>
      tx.balanceMovement.createMany({
        data: [
          {
            id: "txn_early",
            ...movement,
            state: "unexplained",
            reason: "unknown_source",
            movedAt: inMonth(first),
          },
          {
            id: "txn_later",
            ...movement,
            state: "unexplained",
            reason: "unknown_source",
            movedAt: inMonth(second),
          },
          { id: "txn_known", ...movement, state: "explained", explainedAt: now, movedAt: inMonth(first) },
        ],
      }),
    );
    expect(await hindrancesOf(first)).toMatchObject([{ kind: "unexplained_movement", title: "txn_early" }]);
    expect(reasonOf(await proposeClosing(await makeFinance(), first, now))).toBe("month_unexplained");
  });

  it("waits until the movements at the provider are read back beyond the month", async () => {
    await book(inMonth(first));
    const reading = (data: { lastId: string | null; newestAt: Date | null; fromAt: Date | null }) =>
      asPerson(testSystem, (tx) =>
        tx.movementReading.upsert({ where: { id: 1 }, create: { id: 1, ...data }, update: data }),
      );
    for (const fromAt of [null, inMonth(first)]) {
      await reading({ lastId: "txn_halfway", newestAt: now, fromAt });
      expect(await hindrancesOf(first)).toMatchObject([{ kind: "unread_movements", title: "txn_halfway" }]);
      expect(reasonOf(await proposeClosing(await makeFinance(), first, now))).toBe("month_unexplained");
    }
    await reading({ lastId: "txn_halfway", newestAt: now, fromAt: inMonth(second) });
    expect(await hindrancesOf(first)).toEqual([]);
    await reading({ lastId: null, newestAt: null, fromAt: null });
    expect(await hindrancesOf(first)).toEqual([]);
  });

  it("asks again when the ledger changed since the proposal, and closes once for two who confirm at the same moment", async () => {
    await book(inMonth(first));
    const { hash } = valueOf(await proposeClosing(await makeFinance(), first, now));
    await book(inMonth(first), 7n);
    const confirm = async (said: string) =>
      confirmClosing(await makeFinance(), { month: first, hash: said }, now);
    expect(reasonOf(await confirm(hash))).toBe("closing_stale");
    const again = valueOf(await proposeClosing(await makeFinance(), first, now));
    const both = await Promise.all([confirm(again.hash), confirm(again.hash)]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
  });

  it("never has an entry that its trial balance does not count, however close the two come", async () => {
    await book(inMonth(first));
    const { hash } = valueOf(await proposeClosing(await makeFinance(), first, now));
    const late = Array.from({ length: 6 }, (_, index) =>
      book(inMonth(first), BigInt(index + 1)).then(
        () => true,
        () => false,
      ),
    );
    const [closed] = await Promise.all([
      confirmClosing(await makeFinance(), { month: first, hash }, now),
      ...late,
    ]);
    const booked = (await Promise.all(late)).filter(Boolean).length;
    // Whoever came first decides: either the month closed and nothing came in, or something did and it did not close.
    expect(closed.ok).toBe(booked === 0);
  });

  it("cannot be undone, changed or opened again, nor done by anybody but finance", async () => {
    await book(inMonth(first));
    valueOf(await close(first));
    const asFinance = async (sql: string) => {
      const finance = await makeFinance();
      return asPerson(finance, (tx) => tx.$executeRawUnsafe(sql));
    };
    for (const sql of [
      `UPDATE "LedgerClosing" SET state = 'proposed', "closedAt" = NULL, "closedById" = NULL`,
      `UPDATE "LedgerClosing" SET hash = 'x'`,
      `DELETE FROM "LedgerClosing"`,
    ])
      await expect(asFinance(sql)).rejects.toThrow(/closed month|denied/);
    for (const stranger of [await makeCoordinator(), await makePatient()]) {
      const data = { month: second, proposedById: stranger.personId, balance: [], hash: "x" };
      await expect(asPerson(stranger, (tx) => tx.ledgerClosing.create({ data }))).rejects.toThrow(
        /row-level/,
      );
    }
  });
});

describe("a correction", () => {
  const form = (corrects: string, more: object = {}) =>
    correctionForm.parse({
      ...{ corrects, debit: "psp_fees", credit: "psp_clearing", currency: "EUR", amountMinor: 25 },
      ...{ reason: "a fee of the provider", once: newId(), ...more },
    });

  it("goes into the open month, names what it corrects in the closed one, and is booked once", async () => {
    const wrongId = await book(inMonth(first), 250n, "wrong");
    valueOf(await close(first));
    const finance = await makeFinance();
    const said = form("wrong");
    const both = await Promise.all([recordCorrection(finance, said), recordCorrection(finance, said)]);
    const { reference } = valueOf(both[0]);
    const booked = await openDb().ledgerTx.findMany({ where: { reference }, include: { entries: true } });
    expect(booked).toHaveLength(1);
    expect(booked[0]).toMatchObject({ correctsTxId: wrongId, kind: "correction" });
    expect(monthOf(booked[0]?.at ?? new Date(0))).toBe(running);
    expect(await openDb().auditEvent.count({ where: { event: "ledger.corrected", objectId: wrongId } })).toBe(
      1,
    );
  });

  it("is refused for an entry nobody booked, another currency, one account, and for other people's money", async () => {
    await book(inMonth(first), 250n, "wrong");
    const finance = await makeFinance();
    expect(reasonOf(await recordCorrection(finance, form("nothing")))).toBe("not_found");
    expect(reasonOf(await recordCorrection(finance, form("wrong", { currency: "JPY" })))).toBe(
      "invalid_currency",
    );
    expect(reasonOf(await recordCorrection(finance, form("wrong", { credit: "psp_fees" })))).toBe(
      "same_account",
    );
    expect(() => form("wrong", { debit: "client_funds_held" })).toThrow();
  });
});
