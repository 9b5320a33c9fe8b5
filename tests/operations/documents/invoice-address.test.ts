import { describe, expect, it } from "vitest";
import { GET, PUT } from "@/app/api/v1/cases/[id]/invoice-address/route";
import { asPerson, openDb } from "@/lib/infra/db";
import { editInvoiceAddress } from "@/lib/documents/edit-invoice-address";
import { invoiceAddressForm } from "@/lib/documents/forms";
import { issueInvoice } from "@/lib/documents/issue-invoice";
import { readCaseExport } from "@/lib/documents/read-case-export";
import { documentContent, invoiceAddressOf } from "@/lib/documents/queries";
import { deliverRide, makeFullyPaid, makeTaxSettings } from "@/tests/support/invoices";
import { makeCase } from "@/tests/support/cases";
import { textOf } from "@/tests/support/pdf";
import { makeClinic } from "@/tests/support/clinics";
import { callAs } from "@/tests/support/records";
import { makeCoordinator, makePatient, makeReviewer, testSystem } from "@/tests/support/people";

const now = () => new Date();
const dubai = invoiceAddressForm.parse({ lines: " Al Wasl Road 7 \r\n\r\nDubai " });

async function makeOwned() {
  const patient = await makePatient();
  const owner = await makeCoordinator();
  const { id } = await makeCase({ patient, stage: "contracting", owner });
  return { patient, owner, id };
}

/** Somebody the patient let help with everything, but who does not decide for them. */
async function makeHelper(caseId: string) {
  const helper = await makePatient("Carla Companion");
  const door = { caseId, personId: helper.personId, purpose: "companion" };
  await openDb().caseAccess.create({ data: { ...door, scopes: ["read", "upload", "message", "pay"] } });
  return helper;
}

describe("the address on invoices", () => {
  it("stands on the next invoice, and not on those issued before", async () => {
    await makeTaxSettings();
    const made = await makeFullyPaid();
    const before = await issueInvoice(testSystem, made.bookingId, now());
    expect(await editInvoiceAddress(made.patient, made.caseId, dubai, now())).toMatchObject({ ok: true });
    await deliverRide(made.bookingId);
    const after = await issueInvoice(testSystem, made.bookingId, now());
    const textsOf = async (id = "") => textOf((await documentContent(made.patient, id))?.pdf ?? Buffer.of());
    expect(await textsOf(before?.id)).not.toContain("Al Wasl Road");
    const text = await textsOf(after?.id);
    expect(text).toContain("Al Wasl Road 7");
    expect(text).toContain("Dubai");
    const kept = await asPerson(testSystem, (tx) =>
      tx.invoice.findMany({ where: { bookingId: made.bookingId }, orderBy: { issuedAt: "asc" } }),
    );
    expect(kept.map(({ buyer }) => buyer.split("\n").slice(1))).toEqual([[], ["Al Wasl Road 7", "Dubai"]]);
  });

  it("is written by the patient or their coordinator, last word counts, and nothing takes it off", async () => {
    const { patient, owner, id } = await makeOwned();
    expect(await invoiceAddressOf(patient, id)).toEqual({ lines: null });
    expect(await editInvoiceAddress(owner, id, { lines: "Somewhere 1" }, now())).toMatchObject({ ok: true });
    expect(await editInvoiceAddress(patient, id, dubai, now())).toEqual({
      ...{ ok: true, value: { lines: "Al Wasl Road 7\nDubai" } },
    });
    expect(await invoiceAddressOf(owner, id)).toEqual({ lines: "Al Wasl Road 7\nDubai" });
    for (const [one, other] of [
      [patient, owner],
      [owner, patient],
    ] as const) {
      expect(await editInvoiceAddress(one, id, { lines: "" }, now())).toEqual({
        ...{ ok: true, value: { lines: null } },
      });
      expect(await invoiceAddressOf(other, id)).toEqual({ lines: null });
    }
    const traces = { caseId: id, event: "invoice_address.edited" };
    expect(await asPerson(testSystem, (tx) => tx.auditEvent.count({ where: traces }))).toBe(4);
  });

  it("is kept once, whoever writes it at the same moment", async () => {
    const { patient, owner, id } = await makeOwned();
    const written = await Promise.all(
      [patient, owner, patient, owner].map((one, number) =>
        editInvoiceAddress(one, id, { lines: `Street ${number}` }, now()),
      ),
    );
    expect(written.every((one) => one.ok)).toBe(true);
    expect((await invoiceAddressOf(patient, id))?.lines).toMatch(/^Street [0-3]$/);
  });

  it("is neither read nor written by a stranger, a helper or another coordinator", async () => {
    const { patient, id } = await makeOwned();
    await editInvoiceAddress(patient, id, dubai, now());
    const stranger = await makePatient();
    const helper = await makeHelper(id);
    const words = { lines: "Elsewhere 9" };
    expect(await editInvoiceAddress(stranger, id, words, now())).toMatchObject({ reason: "not_found" });
    expect(await editInvoiceAddress(helper, id, words, now())).toMatchObject({ reason: "forbidden" });
    expect(await editInvoiceAddress(await makeCoordinator(), id, words, now())).toMatchObject({
      reason: "forbidden",
    });
    for (const one of [stranger, helper]) expect(await invoiceAddressOf(one, id)).toBeNull();
    expect(await invoiceAddressOf(patient, id)).toEqual({ lines: "Al Wasl Road 7\nDubai" });
  });

  it("is shown by the database itself to the patient and the desk alone", async () => {
    const { patient, owner, id } = await makeOwned();
    await editInvoiceAddress(patient, id, dubai, now());
    const helper = await makeHelper(id);
    const clinic = await makeClinic();
    const seen = { ...{ patient, owner, helper }, reviewer: await makeReviewer(clinic.id) };
    await openDb().caseAccess.create({ data: { caseId: id, clinicId: clinic.id, purpose: "review" } });
    const counts = Object.entries(seen).map(async ([name, actor]) => [
      ...[name, await asPerson(actor, (tx) => tx.invoiceAddress.count({ where: { caseId: id } }))],
    ]);
    expect(Object.fromEntries(await Promise.all(counts))).toEqual({
      ...{ patient: 1, owner: 1, helper: 0, reviewer: 0 },
    });
  });

  it("is said and read over the API, refused with the field that does not fit, and not there for a stranger", async () => {
    const { patient, id } = await makeOwned();
    const put = (json: unknown) => callAs(patient, PUT, { id }, { method: "PUT", json });
    expect(await (await put({ lines: "Al Wasl Road 7\n\nDubai" })).json()).toEqual({
      ...{ lines: "Al Wasl Road 7\nDubai" },
    });
    const refused = await put({ lines: "a\nb\nc\nd\ne\nf\ng" });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain("At most six lines.");
    expect(await (await callAs(patient, GET, { id })).json()).toEqual({ lines: "Al Wasl Road 7\nDubai" });
    expect((await callAs(await makePatient(), GET, { id })).status).toBe(404);
  });

  it("goes along with the case that is taken away", async () => {
    const { patient, id } = await makeOwned();
    await editInvoiceAddress(patient, id, dubai, now());
    expect((await readCaseExport(patient, id))?.invoiceAddress).toMatchObject({ lines: dubai.lines });
  });

  it("waits until the case was sent", async () => {
    const patient = await makePatient();
    const draft = await makeCase({ patient, stage: "draft" });
    expect(await editInvoiceAddress(patient, draft.id, dubai, now())).toMatchObject({
      reason: "illegal_transition",
    });
  });

  it("is at most six lines and 300 characters", () => {
    expect(invoiceAddressForm.safeParse({ lines: "a\nb\nc\nd\ne\nf" }).success).toBe(true);
    expect(invoiceAddressForm.safeParse({ lines: "a\nb\nc\nd\ne\nf\ng" }).success).toBe(false);
    expect(invoiceAddressForm.safeParse({ lines: "a".repeat(301) }).success).toBe(false);
    expect(invoiceAddressForm.safeParse({ lines: "a\u0000" }).success).toBe(false);
  });
});
