import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { addMinutes } from "@/lib/kernel/day";
import { asPerson, openDb } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { dropStripe } from "@/lib/infra/stripe";
import { monthOf } from "@/lib/payments/closing";
import { confirmExplanation } from "@/lib/payments/confirm-explanation";
import { explainMovement } from "@/lib/payments/explain-movement";
import { hindrancesOf } from "@/lib/payments/read-closing";
import { readMoneyWaiting } from "@/lib/payments/read-money-waiting";
import { unexplainedMovementsFor } from "@/lib/payments/read-movements";
import { reconcileBalance } from "@/lib/payments/reconcile-balance";
import { connect } from "@/scripts/steps/database.mjs";
import { openBooks, type Peer } from "@/tests/support/money-model/peer";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { makePaidBooking, startProvider } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, makePatient, testSystem } from "@/tests/support/people";

let provider: Peer;
const now = () => new Date();
const later = (minutes = 120) => addMinutes(new Date(), minutes);
const EXPLAINED = { cause: "other" as const, note: "Statement of November, page 3" };

beforeAll(async () => {
  provider = openBooks(await startProvider());
});

afterAll(async () => {
  await provider.stop();
  dropStripe();
});

const ask = async (...orders: string[]) => {
  const owner = await connect(env().DATABASE_URL);
  await owner.query("SELECT set_config('app.role', 'system', false)");
  for (const order of orders) await owner.query(order);
  await owner.end();
};

beforeEach(async () => {
  await ask(`TRUNCATE "BalanceMovement", "MovementReading" CASCADE`);
  await provider.control("reset");
  await makePaidBooking(provider);
  await reconcileBalance(testSystem, now());
});

/** What was told of a movement is so much less, as if one of that sum had never been told of. */
const lose = (minor: number) =>
  ask(
    'ALTER TABLE "BalanceMovement" DISABLE TRIGGER movement_stays',
    `UPDATE "BalanceMovement" SET "amountMinor" = "amountMinor" - ${minor} WHERE type <> 'balance_gap'`,
    'ALTER TABLE "BalanceMovement" ENABLE TRIGGER movement_stays',
  );

const openGaps = async () => (await unexplainedMovementsFor(await makeFinance())).items;
const hindered = async (month = monthOf(now())) =>
  (await hindrancesOf(month)).filter(({ kind }) => kind === "balance_gap").length;

it("stands on finance's first page once it has stood for an hour, and keeps every month open", async () => {
  const finance = await makeFinance();
  expect([await hindered(), (await readMoneyWaiting(finance)).movements]).toEqual([0, 0]);
  await lose(700);

  expect(await reconcileBalance(testSystem, now())).toMatchObject({ gaps: { EUR: "700" } });
  expect(await openGaps()).toEqual([]);
  await Promise.all([1, 2].map(() => reconcileBalance(testSystem, later())));

  expect(await openGaps()).toMatchObject([{ type: "balance_gap", currency: "EUR", amountMinor: 700n }]);
  expect((await readMoneyWaiting(finance)).movements).toBe(1);
  expect([await hindered(), await hindered("2020-01")]).toEqual([1, 1]);
  for (const stranger of [await makePatient(), await makeCoordinator()])
    expect(await asPerson(stranger, (tx) => tx.balanceMovement.count())).toBe(0);
});

it("is closed by two people of finance who say what it is, and booked once", async () => {
  await lose(700);
  for (const at of [now(), later()]) await reconcileBalance(testSystem, at);
  const [gap] = await openGaps();
  const movementId = gap?.id ?? "";
  const finance = await makeFinance();
  const { id } = valueOf(await explainMovement(finance, { movementId, ...EXPLAINED }, now()));
  expect(reasonOf(await confirmExplanation(finance, id, now()))).toBe("same_person");
  const second = await makeFinance();
  const both = await Promise.all([1, 2].map(() => confirmExplanation(second, id, now())));
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);

  const entries = await openDb().ledgerEntry.findMany({
    where: { tx: { reference: { startsWith: `movement:${movementId}` } } },
  });
  expect(Object.fromEntries(entries.map((entry) => [entry.account, entry.amountMinor]))).toEqual({
    psp_clearing: 700n,
    write_off: -700n,
  });
  expect(await reconcileBalance(testSystem, later())).toMatchObject({ gaps: {} });
  expect([await openGaps(), await hindered()]).toEqual([[], 0]);
});

it("is asked for no more once the missing movement is told of, and a changed sum is asked for anew", async () => {
  await lose(700);
  for (const at of [now(), later()]) await reconcileBalance(testSystem, at);
  const [gap] = await openGaps();
  const said = { movementId: gap?.id ?? "", ...EXPLAINED };
  const { id } = valueOf(await explainMovement(await makeFinance(), said, now()));
  await lose(300);
  for (const at of [later(130), later(260)]) await reconcileBalance(testSystem, at);
  expect(await openGaps()).toMatchObject([{ amountMinor: 1_000n }]);
  expect(reasonOf(await confirmExplanation(await makeFinance(), id, now()))).toBe("explanation_stale");
  await lose(-1_000);
  expect(await reconcileBalance(testSystem, later(270))).toMatchObject({ gaps: {} });
  expect([await openGaps(), await hindered()]).toEqual([[], 0]);
});

it("is asked of nobody while movements are still being read", async () => {
  for (let made = 0; made < 5; made += 1) await makePaidBooking(provider);
  await ask(`TRUNCATE "BalanceMovement", "MovementReading" CASCADE`);
  const slow = { pagesMax: 1, pageMax: 2, looksMax: 10 };
  const first = await reconcileBalance(testSystem, now(), slow);
  expect(Object.keys(first?.gaps ?? {})).toEqual(["EUR"]);
  expect(await hindered()).toBe(0);
});

it("is one open row for each currency, whoever writes", async () => {
  const row = { type: "balance_gap", currency: "EUR", amountMinor: 1n, feeMinor: 0n, movedAt: now() };
  const write = (id: string) =>
    asPerson(testSystem, (tx) => tx.balanceMovement.create({ data: { id, ...row, state: "waiting" } }));
  await write("gap_1");
  await expect(write("gap_2")).rejects.toThrow(/one_open_gap|Unique/);
});
