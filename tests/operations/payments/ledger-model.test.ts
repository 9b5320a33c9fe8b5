import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { sumMinor } from "@/lib/kernel/money";
import { asPerson, openDb } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { sweepInvoices } from "@/lib/documents/sweep-invoices";
import { approveRefund } from "@/lib/payments/approve-refund";
import { approveRelease } from "@/tests/support/releases";
import { bankTransferForm, proposeRefundForm } from "@/lib/payments/forms";
import { payRelease } from "@/lib/payments/pay-release";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { proposeRelease } from "@/lib/payments/propose-release";
import { trialBalanceAt } from "@/lib/payments/read-account";
import { readEndedServices } from "@/lib/payments/read-kept";
import { releasableFor } from "@/lib/payments/read-releasable";
import { statementFor } from "@/lib/payments/read-statement";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { leftOf } from "@/lib/payments/refund";
import { releaseKey } from "@/lib/payments/release";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import { connect } from "@/scripts/steps/database.mjs";
import { deliverRide, makeTaxSettings, passStage, payItem } from "@/tests/support/invoices";
import { ledgerSums, makeUnpaidBooking } from "@/tests/support/payments";
import { makeFinance, testSystem } from "@/tests/support/people";
import { tellDispute } from "@/tests/support/refunds";

const now = () => new Date();
const inDays = (days: number) => new Date(`${addDays(dayOf(now()), days)}T12:00:00Z`);
const SEED = Number(process.env["LEDGER_SEED"] ?? 20_261_122);

/** A few here; LEDGER_RUNS asks for more by hand. */
const RUNS = Number(process.env["LEDGER_RUNS"] ?? 4);
const PATIENCE_MS = 600_000;

type Made = Awaited<ReturnType<typeof makeUnpaidBooking>>;

interface World {
  made: Made;
  people: Awaited<ReturnType<typeof makeFinance>>[];
  stages: ("on_site" | "discharged" | "aftercare")[];
}

/** Everything that may happen to the money of a booking; what is refused changes nothing. */
const STEPS: Record<string, (world: World, size: number) => Promise<unknown>> = {
  payDeposit: ({ made }) => payItem(made, made.depositId, Number(made.depositMinor)).catch(() => null),
  payBalance: ({ made }) => payItem(made, made.balanceId, 200_000).catch(() => null),
  deliver: async ({ made }) => {
    await deliverRide(made.bookingId);
    const { bookingId, caseId } = made;
    const ride = { direction: "arrival", state: "done" as const, timeZone: "Europe/Berlin", pickupAt: now() };
    await asPerson(testSystem, (tx) =>
      tx.transfer.create({
        data: { bookingId, caseId, ...ride, pickupPlace: "Airport", dropPlace: "Clinic" },
      }),
    );
  },
  travel: async ({ made, stages }) => {
    const stage = stages.shift();
    if (stage) await passStage(made.caseId, stage);
  },
  sweep: () => sweepInvoices(testSystem, now()),
  refund: async ({ made, people }, size) => {
    const amount = 1 + (size % 120_000);
    const form = proposeRefundForm.parse({ bookingId: made.bookingId, cause: "goodwill", amount });
    const proposed = await proposeRefund(made.owner, form, now());
    if (!proposed.ok) return;
    for (const { id } of proposed.value) {
      await approveRefund(people[size % 2] ?? people[0] ?? (await makeFinance()), id, now());
      if (size % 3 > 0) await settleBankRefund(people[0] ?? (await makeFinance()), id, now());
    }
  },
  bankTakes: async ({ made }, size) => {
    const payments = await asPerson(testSystem, (tx) =>
      tx.payment.findMany({ where: { bookingId: made.bookingId, isSurplus: false, state: "succeeded" } }),
    );
    const payment = payments[size % Math.max(payments.length, 1)];
    const leftMinor = payment ? leftOf(payment) : 0n;
    if (!payment || leftMinor === 0n) return;
    await tellDispute(payment.id, "lost", { amountMinor: 1n + (BigInt(size) % leftMinor) });
  },
  payAgain: async ({ made, people }, size) => {
    const read = await statementFor(made.patient, made.bookingId);
    const owed = read?.owedAgain[0];
    if (!owed) return;
    const amount = Number(owed.amountMinor) - (size % 2) * Math.floor(Number(owed.amountMinor) / 2);
    const { currency } = made;
    const sent = {
      planItemId: owed.id,
      amount: { amount, currency },
      receivedOn: "2026-11-20",
      mayDiffer: true,
    };
    await recordBankTransfer(people[0] ?? (await makeFinance()), bankTransferForm.parse(sent), now());
  },
  release: async ({ made, people }, size) => {
    const [one, two] = people;
    if (!one || !two) return;
    for (const group of (await releasableFor(one)).due.filter((due) => due.bookingId === made.bookingId)) {
      const form = {
        bookingId: group.bookingId,
        contract: group.contract,
        payee: "Rides",
        key: releaseKey(group),
      };
      const proposed = await proposeRelease(one, form, now());
      if (!proposed.ok) continue;
      await Promise.all([
        approveRelease(two, proposed.value.id, now()),
        approveRelease(one, proposed.value.id, now()),
      ]);
      if (size % 2 === 0)
        await payRelease(two, { releaseId: proposed.value.id, bankReference: "SEPA" }, now());
    }
  },
};

async function expectBalanced({ made }: World): Promise<void> {
  const unbalanced = await openDb().$queryRaw<unknown[]>`
    SELECT 1 FROM "LedgerEntry" GROUP BY "txId", currency HAVING sum("amountMinor") <> 0`;
  expect(unbalanced).toEqual([]);
  for (const sum of Object.values(await ledgerSums())) expect(sum).toBe(0n);
  const held = await openDb().ledgerEntry.groupBy({
    by: ["account"],
    where: {
      bookingId: made.bookingId,
      account: { in: ["client_funds_held", "operator_fee_deferred", "supplier_payable"] },
    },
    _sum: { amountMinor: true },
  });
  // Nothing is held, deferred or owed below nothing: these accounts stand on the credit side.
  for (const row of held) expect(row._sum.amountMinor ?? 0n).toBeLessThanOrEqual(0n);
  const read = await statementFor(made.patient, made.bookingId);
  if (!read) throw new Error("The patient cannot read the statement.");
  const { totals, pockets } = read.statement;
  expect(pockets.treatmentMinor + pockets.servicesMinor + pockets.feeMinor).toBe(totals.heldMinor);
}

type EndedBy = "not_treatable" | "patient_cancels" | "death";

/**
 * The trip ends: what the rules keep of contract B is invoiced and nothing else, once. Where the cause asks nobody for more, only
 * what a bank has, and nobody paid again, is still owed.
 */
async function expectSettledPapers(
  { made: { bookingId: id, patient } }: World,
  cause: EndedBy,
): Promise<void> {
  await asPerson(testSystem, (tx) =>
    tx.booking.updateMany({
      where: { id },
      data: { state: "cancelled", cancelledAt: now(), cancelCause: cause },
    }),
  );
  // What came back of a line that is asked for whole is credited by the next.
  for (const _time of [1, 2]) await sweepInvoices(testSystem, now());
  const papers = await papersOf(id);
  expect(papers.credited).toBeLessThanOrEqual(papers.invoiced);
  const ended = await asPerson(testSystem, (tx) => readEndedServices(tx, testSystem, id));
  const keptMinor = sumMinor([...(ended?.keptOf.values() ?? [])]);
  // What was invoiced before the end and is waived by it is credited once its money is back.
  if (cause !== "death") expect(papers.invoiced - papers.credited).toBeLessThanOrEqual(keptMinor);
  await sweepInvoices(testSystem, inDays(29));
  await sweepInvoices(testSystem, inDays(30));
  expect(await papersOf(id)).toEqual(papers);
  const kind = { in: ["dispute_lost", "refund_taken", "payment_received"] };
  const { _sum: lost } = await openDb().ledgerEntry.aggregate({
    where: { account: "write_off", tx: { bookingId: id, kind } },
    _sum: { amountMinor: true },
  });
  const owedMinor = (await statementFor(patient, id))?.uncoveredMinor ?? -1n;
  expect(owedMinor).toBeGreaterThanOrEqual(0n);
  if (cause !== "patient_cancels") expect(owedMinor).toBeLessThanOrEqual(lost.amountMinor ?? 0n);
}

async function papersOf(bookingId: string) {
  const papers = await asPerson(testSystem, (tx) => tx.invoice.findMany({ where: { bookingId } }));
  const sumOf = (kind: string) =>
    sumMinor(papers.filter((one) => one.kind === kind).map((one) => one.grossMinor));
  return { count: papers.length, invoiced: sumOf("invoice"), credited: sumOf("credit_note") };
}

describe("the ledger", () => {
  it(
    "balances after every step of any series of payments, losses, deliveries, invoices, refunds and releases",
    { timeout: PATIENCE_MS },
    async () => {
      await makeTaxSettings();
      const people = [await makeFinance(), await makeFinance()];
      const step = fc.record({ name: fc.constantFrom(...Object.keys(STEPS)), size: fc.nat(999_999) });
      const ends = fc.constantFrom<EndedBy[]>("not_treatable", "patient_cancels", "death");
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), ends, async (steps, cause) => {
          const made = await makeUnpaidBooking();
          const world: World = { made, people, stages: ["on_site", "discharged", "aftercare"] };
          await STEPS["payDeposit"]?.(world, 0);
          for (const { name, size } of steps) {
            await STEPS[name]?.(world, size);
            await expectBalanced(world);
          }
          await expectSettledPapers(world, cause);
          await expectBalanced(world);
        }),
        { numRuns: RUNS, seed: SEED, endOnFailure: true },
      );
      const rows = await trialBalanceAt(people[0] ?? (await makeFinance()), undefined);
      const total = rows.reduce((sum, row) => sum + row.debitMinor - row.creditMinor, 0n);
      expect(total).toBe(0n);
    },
  );

  it("refuses in the database what does not come to zero in each currency, and what has one side", async () => {
    const book = (entries: readonly (readonly [string, bigint])[]) =>
      asPerson(testSystem, async (tx) => {
        const [txId, at] = [newId(), now()];
        await tx.ledgerTx.create({ data: { id: txId, kind: "test", reference: txId, memo: "test", at } });
        await tx.ledgerEntry.createMany({
          data: entries.map(([currency, amountMinor]) => ({
            txId,
            account: "write_off",
            currency,
            amountMinor,
            at,
          })),
        });
      });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom("EUR", "JPY", "KWD"), fc.bigInt(-1_000n, 1_000n)), {
          minLength: 1,
          maxLength: 5,
        }),
        async (entries) => {
          const sums = new Map<string, bigint>();
          for (const [currency, amount] of entries) sums.set(currency, (sums.get(currency) ?? 0n) + amount);
          const isWhole = entries.length > 1 && [...sums.values()].every((sum) => sum === 0n);
          const booked = await book(entries).then(
            () => true,
            () => false,
          );
          expect(booked).toBe(isWhole);
        },
      ),
      { numRuns: 40, seed: SEED },
    );
  });

  it("refuses in the database to change or delete what was booked, for the application and for the owner's hands", async () => {
    const made = await makeUnpaidBooking();
    await payItem(made, made.depositId, Number(made.depositMinor));
    const owner = await connect(env().DATABASE_URL);
    for (const sql of [
      `UPDATE "LedgerEntry" SET "amountMinor" = 1`,
      `UPDATE "LedgerTx" SET memo = 'other'`,
      `DELETE FROM "LedgerEntry"`,
      `DELETE FROM "LedgerTx"`,
    ]) {
      await expect(openDb().$executeRawUnsafe(sql)).rejects.toThrow(/denied/);
      await expect(owner.query(sql)).rejects.toThrow(/append-only/);
    }
    await owner.end();
  });
});
