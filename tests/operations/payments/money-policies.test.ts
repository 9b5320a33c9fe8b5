import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { asPerson } from "@/lib/infra/db";
import { sweepInvoices } from "@/lib/documents/sweep-invoices";
import { proposeRelease } from "@/lib/payments/propose-release";
import { releasableFor } from "@/lib/payments/read-releasable";
import { releaseKey } from "@/lib/payments/release";
import { deliverRide, makeFullyPaid, makeTaxSettings } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, makeFinance, makeManager, makePatient, testSystem } from "@/tests/support/people";
import { accountOf, makeDriven } from "@/tests/support/releases";

const now = () => new Date();
type Asker = Parameters<typeof asPerson>[0];
beforeEach(makeTaxSettings);

/** The statement as it comes, past every verb: how many rows it changed, or the database's own word. */
const run = (asker: Asker, sql: string, ...values: unknown[]) =>
  asPerson(asker, (tx) => tx.$executeRawUnsafe(sql, ...values));

async function makeProposed() {
  const made = await makeDriven();
  const { bookingId } = made;
  const finance = await makeFinance();
  const group = (await releasableFor(finance)).due.find((one) => one.bookingId === bookingId);
  if (!group) throw new Error("Nothing is due.");
  const form = { bookingId, contract: "B" as const, payee: "Rides", key: releaseKey(group) };
  const { id } = valueOf(await proposeRelease(finance, form, now()));
  return { made, finance, id };
}

const APPROVE = `UPDATE "Release" SET state = 'approved', "approvedAt" = now(), "approvedById" = $2::uuid, "payeeAccountId" = $3::uuid WHERE id = $1::uuid`;

describe("the database, whoever writes past the verbs", () => {
  it("lets neither a patient nor a centre write or answer a release", async () => {
    const { made, id } = await makeProposed();
    const copy = `INSERT INTO "Release" (id, "bookingId", "caseId", contract, payee, currency, "amountMinor", "taxMinor", "proposedById")
      SELECT $2::uuid, "bookingId", "caseId", contract, 'Mine', currency, "amountMinor", "taxMinor", "proposedById" FROM "Release" WHERE id = $1::uuid`;
    for (const asker of [made.patient, await makeManager(made.clinic.id)]) {
      expect(await run(asker, APPROVE, id, asker.personId, null)).toBe(0);
      expect(
        await run(asker, `UPDATE "ReleaseLine" SET "isLive" = false WHERE "releaseId" = $1::uuid`, id),
      ).toBe(0);
      // Whoever cannot read it copies nothing; whoever can is refused.
      const copied = await run(asker, copy, id, newId()).catch((error: Error) => error.message);
      expect(copied === 0 || /row-level/.test(`${copied}`)).toBe(true);
    }
    await expect(run(await makeFinance(), copy, id, newId())).rejects.toThrow(/row-level/);
  });

  it("lets nobody of finance answer a release in another's name, nor be both people", async () => {
    const { finance, id } = await makeProposed();
    const other = await makeFinance();
    const accountId = await accountOf(id);
    await expect(run(finance, APPROVE, id, other.personId, accountId)).rejects.toThrow(/row-level/);
    await expect(run(finance, APPROVE, id, finance.personId, accountId)).rejects.toThrow(/two_people/);
    expect(await run(other, APPROVE, id, other.personId, accountId)).toBe(1);
    const pay = `UPDATE "Release" SET state = 'paid', "paidAt" = now(), "paidById" = $2::uuid, "bankReference" = 'X', "approvedById" = $3::uuid WHERE id = $1::uuid`;
    await expect(run(finance, pay, id, finance.personId, finance.personId)).rejects.toThrow(/never changes/);
  });

  it("lets nobody but the system write an invoice or a line of one", async () => {
    const made = await makeFullyPaid();
    await deliverRide(made.bookingId);
    await sweepInvoices(testSystem, now());
    const copy = (table: string, key: string) =>
      `INSERT INTO "${table}" SELECT (jsonb_populate_record(one, jsonb_build_object('id', $2::text, ${key}))).* FROM "${table}" one WHERE "bookingId" = $1::uuid LIMIT 1`;
    for (const asker of [made.patient, made.owner, await makeFinance()]) {
      await expect(
        run(
          asker,
          copy("Invoice", `'number', $2::text, 'documentId', "documentId"`),
          made.bookingId,
          newId(),
        ),
      ).rejects.toThrow(/row-level/);
      await expect(
        run(asker, copy("InvoiceLine", `'position', 99, 'slice', 'x'`), made.bookingId, newId()),
      ).rejects.toThrow(/row-level/);
    }
    expect(
      await run(
        await makeManager(made.clinic.id),
        copy("Invoice", `'number', $2::text`),
        made.bookingId,
        newId(),
      ),
    ).toBe(0);
  });

  it("lets one person of finance neither close a month alone nor in another's name, and shows it to nobody else", async () => {
    const [one, two] = [await makeFinance(), await makeFinance()];
    const month = "2001-01";
    const propose = `INSERT INTO "LedgerClosing" (id, month, "proposedById", balance, hash) VALUES ($1::uuid, $2, $3::uuid, '[]', 'x')`;
    await expect(run(one, propose, newId(), month, two.personId)).rejects.toThrow(/row-level/);
    await run(one, propose, newId(), month, one.personId);
    const close = `UPDATE "LedgerClosing" SET state = 'closed', "closedAt" = now(), "closedById" = $2::uuid, "proposedById" = $3::uuid WHERE month = $1`;
    await expect(run(one, close, month, two.personId, one.personId)).rejects.toThrow(/row-level/);
    await expect(run(one, close, month, one.personId, two.personId)).rejects.toThrow(/as it was proposed/);
    await expect(run(one, close, month, one.personId, one.personId)).rejects.toThrow(/two_people/);
    for (const asker of [await makePatient(), await makeCoordinator()])
      expect(await asPerson(asker, (tx) => tx.ledgerClosing.count())).toBe(0);
    expect(await run(two, close, month, two.personId, one.personId)).toBe(1);
    // Who cannot read a closing is held by it all the same.
    const book = `INSERT INTO "LedgerTx" (id, kind, reference, memo, at) VALUES ($1::uuid, 'test', $1::text, 'test', '2001-01-15')`;
    for (const asker of [await makePatient(), two, testSystem])
      await expect(run(asker, book, newId())).rejects.toThrow(/month is closed/);
  });
});
