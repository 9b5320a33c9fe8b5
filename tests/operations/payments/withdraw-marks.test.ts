import { beforeEach, describe, expect, it } from "vitest";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { sumMinor } from "@/lib/kernel/money";
import { recordDelivery } from "@/lib/payments/record-delivery";
import { readBooking } from "@/lib/bookings/queries";
import { refundQuoteFor } from "@/lib/bookings/read-refund-quote";
import { WITHDRAWAL } from "@/lib/bookings/withdrawal";
import { issueInvoice } from "@/lib/documents/issue-invoice";
import { asPerson, openDb } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { approveRelease } from "@/tests/support/releases";
import { proposeRefundForm, refuseRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { proposeRefunds } from "@/lib/payments/propose-refunds";
import { proposeRelease } from "@/lib/payments/propose-release";
import { releasableFor } from "@/lib/payments/read-releasable";
import { statementFor } from "@/lib/payments/read-statement";
import { recordKeptCost } from "@/lib/payments/record-kept-cost";
import { refuseRefund } from "@/lib/payments/refuse-refund";
import { releaseKey } from "@/lib/payments/release";
import { statementView } from "@/lib/payments/statement-view";
import { withdrawMark } from "@/lib/payments/withdraw-mark";
import { refundsNow } from "@/tests/support/bills";
import { makeFullyPaid, makeTaxSettings } from "@/tests/support/invoices";
import { reasonOf, reasonsOf, valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, makeFinance, makeManager, makePatient, testSystem } from "@/tests/support/people";
import { SEEN } from "@/tests/support/refunds";

const now = () => new Date();
const reason = "It was another booking's.";
beforeEach(makeTaxSettings);

/** A paid booking whose ride of 500 is a service of this kind instead, beside a fee of 2,000. */
async function makeBooked(kind: string) {
  const made = await makeFullyPaid();
  const serviceId = await asPerson(testSystem, async (tx) => {
    const where = { bookingId: made.bookingId, kind: "transfer_arrival" };
    const { id } = await tx.bookingService.findFirstOrThrow({ where });
    await tx.bookingService.updateMany({ where: { id }, data: { kind } });
    return id;
  });
  return { ...made, serviceId, coordinator: await makeCoordinator() };
}

async function makeDelivered() {
  const made = await makeBooked("translation");
  const form = { serviceId: made.serviceId, deliveredOn: dayOf(now()), note: "sent" };
  const { id: markId } = valueOf(await recordDelivery(made.coordinator, form, now()));
  return { ...made, form, markId };
}

const dueOf = async (id: string) =>
  (await releasableFor(await makeFinance())).due.filter((one) => one.bookingId === id);
const deliveredAt = async (id: string) =>
  (await asPerson(testSystem, (tx) => tx.bookingService.findUniqueOrThrow({ where: { id } }))).deliveredAt;
const keep = async (serviceId: string, amountMinor: bigint) =>
  recordKeptCost(await makeCoordinator(), { serviceId, amountMinor, note: "invoice 12" }, now());
const cancel = (id: string, cancelCause: string) =>
  asPerson(testSystem, (tx) =>
    tx.booking.updateMany({ where: { id }, data: { state: "cancelled", cancelledAt: now(), cancelCause } }),
  );
/** The treatment was to be so many days from now. */
const within = (id: string, days: number) =>
  asPerson(testSystem, (tx) =>
    tx.booking.updateMany({ where: { id }, data: { treatmentOn: dateOf(addDays(dayOf(now()), days)) } }),
  );
const ask = async (bookingId: string, cause: string) =>
  valueOf(await proposeRefund(await makeCoordinator(), proposeRefundForm.parse({ bookingId, cause }), now()));
/** Asked back or given back, and what of it waits for a second person. */
const backOf = async (bookingId: string) =>
  sumMinor((await refundsNow(bookingId)).flatMap((one) => (one.state === "refused" ? [] : one.amountMinor)));
const openOf = async (bookingId: string) =>
  sumMinor(
    (await refundsNow(bookingId)).flatMap((one) => (one.state === "calculated" ? one.amountMinor : [])),
  );

/** The centre has countersigned contract A, so contract B ends alone when the patient withdraws from it. */
const withdraw = (bookingId: string, withdrawnById: string) =>
  asPerson(testSystem, async (tx) => {
    const at = now();
    await tx.contract.updateMany({ where: { bookingId, kind: "A" }, data: { countersignedAt: at } });
    await tx.contract.updateMany({
      where: { bookingId, kind: "B" },
      data: { withdrawnAt: at, withdrawnById },
    });
    const booking = await readBooking(tx, testSystem, bookingId);
    if (booking) await proposeRefunds(tx, testSystem, booking, WITHDRAWAL, at);
  });

describe("a mark of a delivery made in error", () => {
  it("leaves the service to go back where contract B was withdrawn from, though contract A stands", async () => {
    const { patient, bookingId, markId } = await makeDelivered();
    await withdraw(bookingId, patient.personId);
    // Of the fee of 2,000 the papers have earned 500; the service of 500 counts as delivered.
    expect(await backOf(bookingId)).toBe(150_000n);
    const coordinators = [await makeCoordinator(), await makeCoordinator()];
    await Promise.all(coordinators.map((one) => withdrawMark(one, { markId, reason }, now())));
    expect(await backOf(bookingId)).toBe(200_000n);
    const causes = (await refundsNow(bookingId)).map((refund) => refund.cause);
    expect(new Set(causes)).toEqual(new Set(["withdrawal"]));
  });

  it("is taken back once with its reason, stays as it was written, and leaves room for the right one", async () => {
    const { bookingId, caseId, serviceId, markId, form, coordinator } = await makeDelivered();
    expect(await dueOf(bookingId)).toHaveLength(1);
    const other = await makeCoordinator();
    const both = await Promise.all(
      [coordinator, other].map((one) => withdrawMark(one, { markId, reason }, now())),
    );
    expect(reasonsOf(both)).toEqual(["done", "mark_withdrawn"]);
    expect([await dueOf(bookingId), await deliveredAt(serviceId)]).toEqual([[], null]);
    const audit = { caseId, event: "service.mark_withdrawn", objectId: serviceId };
    expect(await openDb().auditEvent.count({ where: audit })).toBe(1);

    const again = valueOf(await recordDelivery(other, { ...form, note: "now it was" }, now()));
    expect(await dueOf(bookingId)).toMatchObject([{ lines: [{ evidenceId: again.id }] }]);
    const rows = await asPerson(testSystem, (tx) =>
      tx.serviceDelivery.findMany({
        where: { serviceId },
        orderBy: { version: "asc" },
        select: { note: true, withdrawal: { select: { reason: true } } },
      }),
    );
    expect(rows).toEqual([
      { note: "sent", withdrawal: { reason } },
      { note: "now it was", withdrawal: null },
    ]);
  });

  it("stays once it stands in a release or on an invoice, in the database's eyes too", async () => {
    const released = await makeDelivered();
    const [group] = await dueOf(released.bookingId);
    if (!group) throw new Error("Nothing is due.");
    const form = { bookingId: released.bookingId, contract: group.contract, payee: "Words" };
    valueOf(await proposeRelease(await makeFinance(), { ...form, key: releaseKey(group) }, now()));
    const invoiced = await makeDelivered();
    await issueInvoice(testSystem, invoiced.bookingId, now());
    for (const { markId, coordinator, bookingId, caseId, serviceId } of [released, invoiced]) {
      expect(reasonOf(await withdrawMark(coordinator, { markId, reason }, now()))).toBe("mark_in_use");
      const row = { deliveryId: markId, bookingId, caseId, reason, withdrawnById: coordinator.personId };
      await expect(
        asPerson(coordinator, (tx) => tx.deliveryWithdrawal.create({ data: row })),
      ).rejects.toThrow(/invoiced or passed on/);
      expect(await deliveredAt(serviceId)).not.toBeNull();
    }
  });

  it("is either invoiced or taken back by two at the same moment", async () => {
    const { bookingId, serviceId, markId, coordinator } = await makeDelivered();
    const [taken] = await Promise.all([
      withdrawMark(coordinator, { markId, reason }, now()),
      issueInvoice(testSystem, bookingId, now()),
    ]);
    const lines = await asPerson(testSystem, (tx) => tx.invoiceLine.count({ where: { serviceId } }));
    expect(lines).toBe(taken.ok ? 0 : 1);
    expect((await deliveredAt(serviceId)) === null).toBe(taken.ok);
  });

  it("is taken back by nobody but the desk, in their own name, and never counts twice", async () => {
    const { markId, coordinator, bookingId, caseId, serviceId, patient, clinic } = await makeDelivered();
    expect(reasonOf(await withdrawMark(coordinator, { markId: newId(), reason }, now()))).toBe("not_found");
    const row = { deliveryId: markId, bookingId, caseId, reason };
    for (const [asker, named] of [
      [patient, patient],
      [await makePatient(), patient],
      [await makeFinance(), patient],
      [await makeManager(clinic.id), patient],
      [coordinator, patient],
    ] as const) {
      const data = { ...row, withdrawnById: named.personId };
      await expect(asPerson(asker, (tx) => tx.deliveryWithdrawal.create({ data }))).rejects.toThrow(
        /row-level/,
      );
    }
    const data = {
      ...{ serviceId, bookingId, caseId, kind: "delivered" as const, note: "x", version: 2 },
      ...{ markedById: coordinator.personId, deliveredOn: now() },
    };
    await expect(asPerson(coordinator, (tx) => tx.serviceDelivery.create({ data }))).rejects.toThrow(
      /marked once|nique constraint/,
    );
  });
});

describe("a proven cost", () => {
  it("made in error is taken back, and what it had kept is proposed to go back as well", async () => {
    const { bookingId, serviceId, patient } = await makeBooked("hotel");
    const { id: markId } = valueOf(await keep(serviceId, 12_000n));
    await cancel(bookingId, "visa_refused");
    await ask(bookingId, "visa_refused");
    // 5,500.00 were paid; the papers' quarter of the fee, 500.00, and 120.00 of the hotel are kept.
    expect(await backOf(bookingId)).toBe(488_000n);
    valueOf(await withdrawMark(await makeCoordinator(), { markId, reason }, now()));
    expect(await backOf(bookingId)).toBe(500_000n);
    const quoted = await refundQuoteFor(patient, bookingId, "visa_refused", undefined, now());
    expect(quoted?.quote.parts.find((part) => part.kind === "hotel")).toMatchObject({ keptMinor: 0n });
    expect(await dueOf(bookingId)).toEqual([]);
  });

  it("is the supplier's rule with fewer than seven days to go: all is kept until it is said, then the rest goes back", async () => {
    const { bookingId, serviceId } = await makeBooked("hotel");
    await within(bookingId, 3);
    await cancel(bookingId, "patient_cancels");
    await ask(bookingId, "patient_cancels");
    // 3,000.00 of contract A and 2,500.00 of ours, less the papers' 500.00 and the whole hotel.
    expect(await backOf(bookingId)).toBe(450_000n);
    const { id: markId } = valueOf(await keep(serviceId, 12_000n));
    expect(await backOf(bookingId)).toBe(488_000n);
    expect(await dueOf(bookingId)).toMatchObject([
      { lines: [{ amountMinor: 12_000n, evidence: "cancellation_kept" }] },
    ]);
    for (const { id } of await refundsNow(bookingId))
      valueOf(await approveRefund(await makeFinance(), id, now(), SEEN));
    expect(reasonOf(await withdrawMark(await makeCoordinator(), { markId, reason }, now()))).toBe(
      "mark_in_refund",
    );
    expect(await openOf(bookingId)).toBe(0n);
  });

  it("mistyped is taken back as long as nobody approved what it gave back, and the right one counts", async () => {
    for (const isRefused of [false, true]) {
      const { bookingId, caseId, serviceId } = await makeBooked("hotel");
      await within(bookingId, 3);
      await cancel(bookingId, "patient_cancels");
      await ask(bookingId, "patient_cancels");
      for (const { id } of await refundsNow(bookingId))
        valueOf(await approveRefund(await makeFinance(), id, now(), SEEN));
      const { id: markId } = valueOf(await keep(serviceId, 0n));
      expect(await openOf(bookingId)).toBe(50_000n);
      const [open] = (await refundsNow(bookingId)).filter((refund) => refund.state === "calculated");
      const refusal = refuseRefundForm.parse({ reason: "Their invoice says 120." });
      if (isRefused) valueOf(await refuseRefund(await makeFinance(), open?.id ?? "", refusal, now()));
      valueOf(await withdrawMark(await makeCoordinator(), { markId, reason }, now()));
      expect([await openOf(bookingId), await backOf(bookingId)]).toEqual([0n, 450_000n]);
      valueOf(await keep(serviceId, 12_000n));
      expect([await openOf(bookingId), await backOf(bookingId)]).toEqual([38_000n, 488_000n]);
      const tasks = { caseId, kind: "approve_refund" as const, state: "open" as const };
      expect(await asPerson(testSystem, (tx) => tx.task.count({ where: tasks }))).toBe(1);
    }
  });

  it("marked anew with less lets the proposal that stood on its absence fall, so that finance pays the right sum", async () => {
    const { bookingId, caseId, serviceId, patient } = await makeBooked("hotel");
    const { id: markId } = valueOf(await keep(serviceId, 12_000n));
    await cancel(bookingId, "visa_refused");
    await ask(bookingId, "visa_refused");
    for (const { id } of await refundsNow(bookingId))
      valueOf(await approveRefund(await makeFinance(), id, now(), SEEN));
    valueOf(await withdrawMark(await makeCoordinator(), { markId, reason }, now()));
    expect(await openOf(bookingId)).toBe(12_000n);

    valueOf(await keep(serviceId, 11_000n));

    expect(await openOf(bookingId)).toBe(1_000n);
    const fallen = (await refundsNow(bookingId)).filter((refund) => refund.state === "refused");
    expect(fallen.map((refund) => refund.amountMinor)).toEqual([12_000n]);
    expect(await openDb().auditEvent.count({ where: { caseId, event: "refund.refused" } })).toBe(1);
    const finance = await makeFinance();
    expect(reasonOf(await approveRefund(finance, fallen[0]?.id ?? "", now(), SEEN))).toBe(
      "illegal_transition",
    );
    const [right] = (await refundsNow(bookingId)).filter((refund) => refund.state === "calculated");
    valueOf(await approveRefund(finance, right?.id ?? "", now(), SEEN));
    expect(await backOf(bookingId)).toBe(489_000n);
    const [group] = await dueOf(bookingId);
    if (!group) throw new Error("The hotel is due.");
    const release = { bookingId, contract: group.contract, payee: "Hotel", key: releaseKey(group) };
    const { id } = valueOf(await proposeRelease(finance, release, now()));
    valueOf(await approveRelease(await makeFinance(), id, now()));
    const read = await statementFor(patient, bookingId);
    for (const [language, words] of [
      ["en", "counted anew"],
      ["ar", "أُعيد حسابه"],
    ] as const)
      expect(read && statementView(read, language).movements.some((one) => one.text.includes(words))).toBe(
        true,
      );
  });

  it("may be nothing at all: the whole line goes back and nothing is passed on", async () => {
    const { bookingId, serviceId } = await makeBooked("hotel");
    await within(bookingId, 3);
    await cancel(bookingId, "patient_cancels");
    valueOf(await keep(serviceId, 0n));
    expect(await backOf(bookingId)).toBe(500_000n);
    const { due, waiting } = await releasableFor(await makeFinance());
    expect(due.filter((one) => one.bookingId === bookingId)).toEqual([]);
    expect(waiting.filter((line) => line.serviceId === serviceId)).toEqual([]);
  });
});
