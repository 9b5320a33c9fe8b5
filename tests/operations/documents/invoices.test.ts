import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { issueCreditNote } from "@/lib/documents/issue-credit-note";
import { issueInvoice } from "@/lib/documents/issue-invoice";
import { documentContent } from "@/lib/documents/queries";
import { invoicesFor, invoicingHindrances, seriesFor } from "@/lib/documents/read-series";
import { sweepInvoices } from "@/lib/documents/sweep-invoices";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRefundForm, sellerForm, taxRulesForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { saveSeller } from "@/lib/payments/save-seller";
import { saveTaxRules } from "@/lib/payments/save-tax-rules";
import { SELLER_SETTING } from "@/lib/payments/seller";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import { TAX_SETTING } from "@/lib/payments/tax";
import {
  booked,
  deliverRide,
  makeFullyPaid,
  makeTaxSettings,
  passStage,
  payItem,
} from "@/tests/support/invoices";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { makeUnpaidBooking } from "@/tests/support/payments";
import { textOf } from "@/tests/support/pdf";
import { makeAdmin, makeFinance, makePatient, makeReviewer, testSystem } from "@/tests/support/people";
import { SEEN } from "@/tests/support/refunds";

const now = () => new Date();
const invoicesOf = (bookingId: string) =>
  asPerson(testSystem, (tx) =>
    tx.invoice.findMany({
      where: { bookingId },
      orderBy: { issuedAt: "asc" },
      include: { lines: { orderBy: { position: "asc" } } },
    }),
  );

async function giveBack(bookingId: string, paymentId: string, amount: number): Promise<void> {
  const form = proposeRefundForm.parse({ bookingId, paymentId, cause: "goodwill", amount });
  const { owner } = await ownerOf(bookingId);
  const proposed = valueOf(await proposeRefund(owner, form, now()));
  const finance = await makeFinance();
  for (const { id } of Array.isArray(proposed) ? proposed : [proposed]) {
    valueOf(await approveRefund(finance, id, now(), SEEN));
    valueOf(await settleBankRefund(finance, id, now()));
  }
}

const owners = new Map<string, Awaited<ReturnType<typeof makeFullyPaid>>>();
async function paid(): Promise<Awaited<ReturnType<typeof makeFullyPaid>>> {
  const made = await makeFullyPaid();
  owners.set(made.bookingId, made);
  return made;
}
async function ownerOf(bookingId: string) {
  const made = owners.get(bookingId);
  if (!made) throw new Error("Nobody made this booking.");
  return made;
}

beforeEach(makeTaxSettings);

describe("an invoice", () => {
  it("arises from what was delivered and earned: lines with their tax, a paper with a number, the earned fee in the books", async () => {
    const made = await paid();
    await deliverRide(made.bookingId);
    const issued = await issueInvoice(testSystem, made.bookingId, now());
    const [invoice] = await invoicesOf(made.bookingId);
    expect(invoice).toMatchObject({ kind: "invoice", number: issued?.label, grossMinor: 100_000n });
    expect(invoice?.lines.map(({ kind, slice, grossMinor }) => ({ kind, slice, grossMinor }))).toEqual([
      { kind: "operator_fee", slice: "papers", grossMinor: 50_000n },
      { kind: "transfer_arrival", slice: null, grossMinor: 50_000n },
    ]);
    expect(await booked(made.bookingId)).toMatchObject({
      operator_fee_earned: -42_017n,
      tax: -7_983n,
      operator_fee_deferred: -150_000n,
    });
    const content = await documentContent(made.patient, issued?.id ?? "");
    const text = await textOf(content?.pdf ?? Buffer.of());
    expect(sha256(content?.pdf ?? "")).toBe(content?.document.sha256);
    for (const said of [
      "Invoice",
      issued?.label ?? "",
      "Operator GmbH",
      "DE1",
      "19%",
      "Our fee: contracts and papers",
    ])
      expect(text).toContain(said);
  });

  it("is issued once, whoever sweeps, also at the same moment, and every series stays without gaps", async () => {
    const made = await Promise.all([paid(), paid(), paid()]);
    for (const { bookingId } of made) await deliverRide(bookingId);
    await Promise.all([1, 2, 3].map(() => sweepInvoices(testSystem, now())));
    expect(await sweepInvoices(testSystem, now())).toEqual({ invoices: 0, creditNotes: 0 });
    for (const { bookingId } of made) expect(await invoicesOf(bookingId)).toHaveLength(1);
    for (const series of await seriesFor(await makeFinance()))
      expect(series).toMatchObject({ gaps: 0, papers: series.last });
  });

  it("takes the fee slice by slice; the last one accounts for all of them", async () => {
    const made = await paid();
    await issueInvoice(testSystem, made.bookingId, now());
    await deliverRide(made.bookingId);
    await passStage(made.caseId, "on_site");
    await issueInvoice(testSystem, made.bookingId, now());
    await passStage(made.caseId, "discharged");
    await passStage(made.caseId, "aftercare");
    const last = await issueInvoice(testSystem, made.bookingId, now());
    const all = await invoicesOf(made.bookingId);
    expect(all.map((one) => one.grossMinor)).toEqual([50_000n, 120_000n, 80_000n]);
    expect(await issueInvoice(testSystem, made.bookingId, now())).toBeNull();
    expect(await booked(made.bookingId)).toMatchObject({ operator_fee_deferred: 0n, tax: -31_933n });
    const content = await documentContent(made.patient, last?.id ?? "");
    const text = await textOf(content?.pdf ?? Buffer.of());
    expect(text).toContain("Final invoice");
    expect(text).toContain(all[0]?.number);
  });

  it("earns in the books only what was paid, and the rest once its money comes", async () => {
    const made = await makeUnpaidBooking();
    await payItem(made, made.depositId, 350_000);
    await sweepInvoices(testSystem, now());
    // Of 500 paid into contract B, 400 are the fee's share; the slice is 500.
    expect(await booked(made.bookingId)).toMatchObject({ operator_fee_deferred: 0n });
    await payItem(made, made.balanceId, 200_000);
    await sweepInvoices(testSystem, now());
    expect(await booked(made.bookingId)).toMatchObject({
      operator_fee_deferred: -150_000n,
      operator_fee_earned: -42_017n,
      tax: -7_983n,
    });
  });

  it("waits for a seller and for a rule of tax, and finance reads why", async () => {
    const finance = await makeFinance();
    const made = await paid();
    await openDb().setting.update({
      where: { key: TAX_SETTING },
      data: { value: { operator_fee: { treatment: "reverse_charge", rateBp: 0, note: "§ 13b UStG" } } },
    });
    await deliverRide(made.bookingId);
    await issueInvoice(testSystem, made.bookingId, now());
    const [invoice] = await invoicesOf(made.bookingId);
    expect(invoice?.lines).toMatchObject([
      { kind: "operator_fee", treatment: "reverse_charge", note: "§ 13b UStG", taxMinor: 0n },
    ]);
    expect(await invoicingHindrances(finance)).toEqual({ noSeller: false, untaxed: ["transfer_arrival"] });
    await openDb().setting.delete({ where: { key: SELLER_SETTING } });
    await passStage(made.caseId, "on_site");
    expect(await issueInvoice(testSystem, made.bookingId, now())).toBeNull();
    expect((await invoicingHindrances(finance)).noSeller).toBe(true);
  });

  it("is not made for a trip nobody paid for, nor for one that ended with everything given back", async () => {
    const unpaid = await makeUnpaidBooking();
    expect(await issueInvoice(testSystem, unpaid.bookingId, now())).toBeNull();
    const made = await paid();
    await asPerson(testSystem, (tx) =>
      tx.booking.update({
        where: { id: made.bookingId },
        data: { state: "cancelled", cancelledAt: now(), cancelCause: "force_majeure" },
      }),
    );
    expect(await issueInvoice(testSystem, made.bookingId, now())).toBeNull();
  });
});

describe("a credit note", () => {
  it("lowers the invoice whose money came back, with its tax, and takes it out of what was earned", async () => {
    const made = await paid();
    await deliverRide(made.bookingId);
    for (const stage of ["on_site", "discharged", "aftercare"] as const) await passStage(made.caseId, stage);
    await issueInvoice(testSystem, made.bookingId, now());
    await giveBack(made.bookingId, made.balancePaymentId, 100_000);
    const note = await issueCreditNote(testSystem, made.bookingId, now());
    expect(await issueCreditNote(testSystem, made.bookingId, now())).toBeNull();
    const [invoice, credit] = await invoicesOf(made.bookingId);
    expect(credit).toMatchObject({ kind: "credit_note", creditsId: invoice?.id, grossMinor: 100_000n });
    const content = await documentContent(made.patient, note?.id ?? "");
    const text = await textOf(content?.pdf ?? Buffer.of());
    expect(text).toContain(`It lowers invoice ${invoice?.number}`);
    expect(text).toContain("-€1,000.00");
    const sums = Object.values(await booked(made.bookingId));
    expect(sums.reduce((sum, one) => sum + one, 0n)).toBe(0n);
  });

  it("is issued once, whoever sweeps at the same moment, and none while nothing invoiced came back", async () => {
    const made = await paid();
    await issueInvoice(testSystem, made.bookingId, now());
    await giveBack(made.bookingId, made.balancePaymentId, 60_000);
    expect(await issueCreditNote(testSystem, made.bookingId, now())).toBeNull();
    await deliverRide(made.bookingId);
    for (const stage of ["on_site", "discharged", "aftercare"] as const) await passStage(made.caseId, stage);
    await Promise.all([1, 2, 3].map(() => sweepInvoices(testSystem, now())));
    await sweepInvoices(testSystem, now());
    const notes = (await invoicesOf(made.bookingId)).filter((one) => one.kind === "credit_note");
    expect(notes.reduce((sum, one) => sum + one.grossMinor, 0n)).toBe(60_000n);
  });
});

describe("the database", () => {
  let invoice: Awaited<ReturnType<typeof invoicesOf>>[number] | undefined;
  beforeAll(async () => {
    await makeTaxSettings();
    const made = await paid();
    await issueInvoice(testSystem, made.bookingId, now());
    [invoice] = await invoicesOf(made.bookingId);
  });

  const asSystem = (sql: string, ...values: unknown[]) =>
    asPerson(testSystem, (tx) => tx.$executeRawUnsafe(sql, ...values));

  it.each([
    [`UPDATE "Document" SET number = number + 1 WHERE id = $1::uuid`],
    [`UPDATE "Document" SET label = 'I-2026-999999' WHERE id = $1::uuid`],
    [`DELETE FROM "Document" WHERE id = $1::uuid`],
    [`UPDATE "Invoice" SET number = 'I-1' WHERE "documentId" = $1::uuid`],
    [`DELETE FROM "Invoice" WHERE "documentId" = $1::uuid`],
    [
      `UPDATE "InvoiceLine" SET "taxMinor" = 0 WHERE "invoiceId" IN (SELECT id FROM "Invoice" WHERE "documentId" = $1::uuid)`,
    ],
  ])("refuses %s", async (sql) => {
    await expect(asSystem(sql, invoice?.documentId)).rejects.toThrow(/denied|never changes|append-only/);
  });

  it.each([
    [`UPDATE "DocumentSeries" SET last = last + 1 WHERE series = $1`],
    [`UPDATE "DocumentSeries" SET last = last + 2 WHERE series = $1`],
    [`UPDATE "DocumentSeries" SET last = last - 1 WHERE series = $1`],
    [`DELETE FROM "DocumentSeries" WHERE series = $1`],
  ])("lets no number be skipped, taken without its paper or given back: %s", async (sql) => {
    const series = invoice?.number.replace(/-\d+$/, "");
    await expect(asSystem(sql, series)).rejects.toThrow();
    expect((await seriesFor(await makeFinance())).every((one) => one.gaps === 0)).toBe(true);
  });

  it("hides invoices from strangers, other patients and centres", async () => {
    const reviewer = await makeReviewer((await openDb().clinic.findFirstOrThrow()).id);
    for (const stranger of [await makePatient(), reviewer, await makeAdmin()]) {
      expect(await asPerson(stranger, (tx) => tx.invoice.count())).toBe(0);
      expect(await asPerson(stranger, (tx) => tx.invoiceLine.count())).toBe(0);
      expect(await documentContent(stranger, invoice?.documentId ?? "")).toBeNull();
    }
    const page = await invoicesFor(await makeFinance(), { limit: 1 });
    expect(page.items).toHaveLength(1);
    const rest = await invoicesFor(await makeFinance(), { limit: 100, cursor: page.next ?? undefined });
    expect(rest.items.map((one) => one.id)).not.toContain(page.items[0]?.id);
  });
});

describe("tax settings", () => {
  it("are kept by an administrator with a trace, once for two who save at the same moment", async () => {
    const [admin, other] = [await makeAdmin(), await makeAdmin()];
    await openDb().setting.deleteMany({ where: { key: { in: [TAX_SETTING, SELLER_SETTING] } } });
    const form = taxRulesForm.parse({ rules: { visa: { treatment: "outside", note: "§ 10" } }, seenAt: "" });
    const both = await Promise.all([admin, other].map((one) => saveTaxRules(one, form, now())));
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(both.flatMap((one) => (one.ok ? [] : one.reason))).toEqual(["stale_settings"]);
    const seller = sellerForm.parse({ name: "A", address: "B", taxNumber: "1", seenAt: "" });
    valueOf(await saveSeller(admin, seller, now()));
    expect(reasonOf(await saveSeller(admin, seller, now()))).toBe("stale_settings");
    expect(
      await openDb().auditEvent.count({ where: { event: "setting.changed", actorId: admin.personId } }),
    ).toBeGreaterThan(0);
  });

  it("refuse a kind without tax and without a reason, a rate above the whole, a seller without a number", () => {
    const rules = (rule: object) => taxRulesForm.safeParse({ rules: { visa: rule } }).success;
    expect(rules({ treatment: "exempt" })).toBe(false);
    expect(rules({ treatment: "standard" })).toBe(false);
    expect(rules({ treatment: "standard", rateBp: "10001" })).toBe(false);
    expect(rules({ treatment: "standard", rateBp: "1900" })).toBe(true);
    expect(sellerForm.safeParse({ name: "A", address: "B" }).success).toBe(false);
  });
});
