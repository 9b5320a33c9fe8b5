import { beforeEach, describe, expect, it } from "vitest";
import { endOfServices } from "@/lib/bookings/cause-of-end";
import { asPerson } from "@/lib/infra/db";
import { issueInvoice } from "@/lib/documents/issue-invoice";
import { documentContent } from "@/lib/documents/queries";
import { sweepInvoices } from "@/lib/documents/sweep-invoices";
import { statementFor } from "@/lib/payments/read-statement";
import { bookingNow } from "@/tests/support/bookings";
import { makeTrip, payItem, type Trip } from "@/tests/support/changes";
import { arrive, ask, cancel, giveBack, makePaidTrip, withdraw } from "@/tests/support/ended-trips";
import { booked, makeTaxSettings } from "@/tests/support/invoices";
import { textOf } from "@/tests/support/pdf";
import { testSystem } from "@/tests/support/people";

const now = () => new Date();
beforeEach(makeTaxSettings);

/** What stands on the papers of a trip, in the order they were issued. */
const papersOf = ({ bookingId }: Trip) =>
  asPerson(testSystem, async (tx) => {
    const papers = await tx.invoice.findMany({
      where: { bookingId },
      orderBy: [{ issuedAt: "asc" }, { id: "asc" }],
      include: { lines: { orderBy: { kind: "asc" } } },
    });
    return papers.map(({ kind, lines }) => [
      kind,
      ...lines.map((line) => `${line.slice ?? line.kind} ${line.grossMinor}`),
    ]);
  });

const sweep = () => sweepInvoices(testSystem, now());

async function deliverTranslation({ bookingId }: Trip): Promise<void> {
  await asPerson(testSystem, (tx) =>
    tx.bookingService.updateMany({ where: { bookingId, kind: "translation" }, data: { deliveredAt: now() } }),
  );
}

describe("a trip that ends before what was done for it was invoiced", () => {
  it("is invoiced for what the rules keep: the papers and what was delivered, once, and nothing is credited", async () => {
    const trip = await makePaidTrip();
    await deliverTranslation(trip);
    await cancel(trip, "patient_cancels");
    await Promise.all([sweep(), sweep()]);
    await sweep();
    expect(await papersOf(trip)).toEqual([["invoice", "papers 50000", "translation 40000"]]);
    expect(await booked(trip.bookingId)).toMatchObject({ operator_fee_earned: -42_017n, tax: -7_983n });
    await giveBack(trip);
    await sweep();
    expect(await papersOf(trip)).toHaveLength(1);
    const read = await statementFor(trip.patient, trip.bookingId);
    const { servicesMinor, feeMinor } = read?.statement.pockets ?? {};
    // The driver's money is still held, and of the fee nothing is left that nobody earned.
    expect([read?.uncoveredMinor, servicesMinor, feeMinor]).toEqual([0n, 40_000n, 0n]);
  });

  it("is invoiced the same when everything has gone back before", async () => {
    const trip = await makePaidTrip();
    await cancel(trip, "patient_cancels");
    await giveBack(trip);
    await sweep();
    await sweep();
    expect(await papersOf(trip)).toEqual([["invoice", "papers 50000"]]);
    expect((await booked(trip.bookingId))["operator_fee_deferred"]).toBe(0n);
  });

  it("is invoiced to the day contract B was withdrawn, while the day at the centre stands", async () => {
    const trip = await makePaidTrip();
    await deliverTranslation(trip);
    await withdraw(trip);
    expect(endOfServices(await bookingNow(trip.bookingId))).not.toBeNull();
    await sweep();
    expect(await papersOf(trip)).toEqual([["invoice", "papers 50000", "translation 40000"]]);
  });

  it.each(["death", "centre_declines", "force_majeure"])(
    "is invoiced for nothing of a fee that is waived: %s",
    async (cause) => {
      const trip = await makePaidTrip();
      await cancel(trip, cause);
      await sweep();
      expect(await papersOf(trip)).toEqual([]);
      expect(await issueInvoice(testSystem, trip.bookingId, now())).toBeNull();
    },
  );

  it("asks nobody on paper for what a waiving cause does not ask for", async () => {
    // Of contract B 480 are paid; of the fee 500 are earned, and a translation of 400 was made.
    const trip = await makeTrip("preparing");
    await deliverTranslation(trip);
    await cancel(trip, "not_treatable");
    await sweep();
    await sweep();
    const [[, ...lines] = [], ...more] = await papersOf(trip);
    const gross = lines.reduce((sum, line) => sum + Number(line.split(" ")[1]), 0);
    expect([gross, more]).toEqual([48_000, []]);
  });

  it("asks on paper for all of it where the rules do", async () => {
    const trip = await makeTrip("preparing");
    await deliverTranslation(trip);
    await cancel(trip, "patient_cancels");
    await sweep();
    expect(await papersOf(trip)).toEqual([["invoice", "papers 50000", "translation 40000"]]);
    expect((await statementFor(trip.patient, trip.bookingId))?.uncoveredMinor).toBe(42_000n);
  });

  it("is not invoiced for what was given back of it of our own will", async () => {
    const trip = await makePaidTrip();
    await cancel(trip, "patient_cancels");
    await giveBack(trip);
    // Out of a deposit of 3,500 for contract A and 480 for B: of 300, 36.18 are of contract B.
    await ask(trip, { cause: "goodwill", amount: 30_000 });
    await giveBack(trip);
    await arrive(trip);
    await sweep();
    await sweep();
    expect(await papersOf(trip)).toEqual([["invoice", "papers 46382"]]);
  });

  it("is invoiced for what it is asked for where something came back of our own will before", async () => {
    // 480 of contract B are paid, 500 are earned, and 36.18 of the 480 come back.
    const trip = await makeTrip("preparing");
    await cancel(trip, "patient_cancels");
    await ask(trip, { cause: "goodwill", amount: 30_000 });
    await giveBack(trip);
    await sweep();
    await sweep();
    expect(await papersOf(trip)).toEqual([
      ["invoice", "papers 50000"],
      ["credit_note", "papers 3618"],
    ]);
    expect((await statementFor(trip.patient, trip.bookingId))?.uncoveredMinor).toBe(2_000n);
  });

  it("says on the paper that contract B has ended, and what was invoiced before", async () => {
    const trip = await makePaidTrip();
    await sweep();
    await deliverTranslation(trip);
    await cancel(trip, "patient_cancels");
    const last = await issueInvoice(testSystem, trip.bookingId, now());
    const content = await documentContent(trip.patient, last?.id ?? "");
    const text = (await textOf(content?.pdf ?? Buffer.of())).replaceAll(/\s+/g, " ");
    for (const said of ["Final invoice", "Contract B has ended.", "what is still to be paid", "€900.00"])
      expect(text).toContain(said);
  });
});

it("a hold that nobody paid is invoiced for nothing once it is cancelled", async () => {
  const trip = await makeTrip("preparing");
  await asPerson(testSystem, (tx) =>
    tx.booking.update({
      where: { id: trip.bookingId },
      data: { state: "cancelled", cancelledAt: now(), cancelCause: "expired" },
    }),
  );
  await sweep();
  expect(await papersOf(trip)).toEqual([]);
});

it("money that comes while it stands is invoiced as before", async () => {
  const trip = await makeTrip("preparing");
  await payItem(trip.bookingId, "balance", "B");
  await sweep();
  expect(await papersOf(trip)).toEqual([["invoice", "papers 50000"]]);
});
