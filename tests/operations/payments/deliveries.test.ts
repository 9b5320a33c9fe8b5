import { beforeEach, describe, expect, it } from "vitest";
import { addDays, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { sweepInvoices } from "@/lib/documents/sweep-invoices";
import { recordDelivery } from "@/lib/payments/record-delivery";
import { recordKeptCost } from "@/lib/payments/record-kept-cost";
import { refundQuoteFor } from "@/lib/bookings/read-refund-quote";
import { asPerson, openDb } from "@/lib/infra/db";
import { approveRelease } from "@/tests/support/releases";
import { proposeRelease } from "@/lib/payments/propose-release";
import { releasableFor } from "@/lib/payments/read-releasable";
import { releaseKey } from "@/lib/payments/release";
import { TAX_SETTING } from "@/lib/payments/tax";
import { makeTreated } from "@/tests/support/bills";
import { bookingNow, makeSigned } from "@/tests/support/bookings";
import { payItem } from "@/tests/support/changes";
import { line, makeAcceptedCase } from "@/tests/support/estimates";
import { booked, makeFullyPaid, makeTaxSettings } from "@/tests/support/invoices";
import { reasonOf, reasonsOf, valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, makeFinance, makeManager, makePatient, testSystem } from "@/tests/support/people";

const now = () => new Date();
const today = () => dayOf(now());
beforeEach(makeTaxSettings);

/** A paid booking whose ride of 500 is a service of this kind instead. */
async function makeBooked(kind: string) {
  const made = await makeFullyPaid();
  const where = { bookingId: made.bookingId, kind: "transfer_arrival" };
  const serviceId = await asPerson(testSystem, async (tx) => {
    const { id } = await tx.bookingService.findFirstOrThrow({ where });
    await tx.bookingService.updateMany({ where: { id }, data: { kind } });
    return id;
  });
  return { ...made, serviceId };
}

async function unreleased(bookingId: string) {
  const { due, waiting } = await releasableFor(await makeFinance());
  const { number } = await openNumber(bookingId);
  return {
    due: due.filter((one) => one.bookingId === bookingId),
    waiting: waiting.filter((line) => line.bookingNumber === number),
  };
}

const openNumber = (id: string) =>
  asPerson(testSystem, (tx) => tx.booking.findUniqueOrThrow({ where: { id }, select: { number: true } }));

const cancel = (id: string, cancelCause = "no_show") =>
  asPerson(testSystem, (tx) =>
    tx.booking.updateMany({ where: { id }, data: { state: "cancelled", cancelledAt: now(), cancelCause } }),
  );

/** Proposes what is due by this evidence, alone. */
async function propose(bookingId: string, evidence: string): Promise<string> {
  const { due } = await unreleased(bookingId);
  const group = due.find((one) => one.lines.every((line) => line.evidence === evidence));
  if (!group) throw new Error("Nothing is due.");
  const form = { bookingId, contract: group.contract, payee: "Supplier", key: releaseKey(group) };
  return valueOf(await proposeRelease(await makeFinance(), form, now())).id;
}

describe("a service no ride, talk or parcel tells of", () => {
  it.each(["visa", "hotel", "translation", "companion"])(
    "is marked as delivered with its proof and then passed on: %s",
    async (kind) => {
      const { bookingId, serviceId, caseId } = await makeBooked(kind);
      expect(await unreleased(bookingId)).toEqual({ due: [], waiting: [] });
      const coordinator = await makeCoordinator();
      const form = { serviceId, deliveredOn: today(), note: "sent on 4 May" };
      const both = await Promise.all([1, 2].map(() => recordDelivery(coordinator, form, now())));
      expect(reasonsOf(both)).toEqual(["done", "service_marked"]);
      const mark = both.find((one) => one.ok);
      expect((await unreleased(bookingId)).due).toMatchObject([
        { lines: [{ kind, evidence: "service_delivered", evidenceId: mark?.ok && mark.value.id }] },
      ]);
      const audit = { caseId, event: "service.delivered", objectId: serviceId };
      expect(await openDb().auditEvent.count({ where: audit })).toBe(1);
    },
  );

  it("is not marked ahead of its day or before it was booked, for a ride, in a cancelled booking, nor by a stranger to the desk", async () => {
    const { bookingId, serviceId, caseId, clinic, patient } = await makeBooked("visa");
    const coordinator = await makeCoordinator();
    const form = { serviceId, deliveredOn: today(), note: "x" };
    const ahead = { ...form, deliveredOn: addDays(today(), 1) };
    expect(reasonOf(await recordDelivery(coordinator, ahead, now()))).toBe("invalid_day_ahead");
    const before = { ...form, deliveredOn: addDays(today(), -2) };
    expect(reasonOf(await recordDelivery(coordinator, before, now()))).toBe("invalid_day_before_booking");
    expect(reasonOf(await recordDelivery(coordinator, { ...form, serviceId: newId() }, now()))).toBe(
      "not_found",
    );
    const row = { serviceId, bookingId, caseId, kind: "delivered" as const, note: "x", deliveredOn: now() };
    for (const stranger of [
      patient,
      await makePatient(),
      await makeManager(clinic.id),
      await makeFinance(),
    ]) {
      const data = { ...row, markedById: stranger.personId };
      await expect(asPerson(stranger, (tx) => tx.serviceDelivery.create({ data }))).rejects.toThrow(
        /row-level|own booking/,
      );
    }
    await cancel(bookingId);
    expect(reasonOf(await recordDelivery(coordinator, form, now()))).toBe("booking_cancelled");
    const ride = await makeBooked("transfer_return");
    expect(reasonOf(await recordDelivery(coordinator, { ...form, serviceId: ride.serviceId }, now()))).toBe(
      "invalid_service",
    );
  });
});

describe("what is owed for a service that was called off", () => {
  const said = (serviceId: string, amountMinor: bigint) => ({ serviceId, amountMinor, note: "invoice 12" });

  it("is left out of a refund, and passed on without tax once the booking is cancelled", async () => {
    const { bookingId, serviceId, patient } = await makeBooked("hotel");
    const coordinator = await makeCoordinator();
    expect(reasonOf(await recordKeptCost(coordinator, said(serviceId, 50_001n), now()))).toBe(
      "invalid_amount_kept",
    );
    const both = await Promise.all(
      [1, 2].map(() => recordKeptCost(coordinator, said(serviceId, 12_000n), now())),
    );
    expect(reasonsOf(both)).toEqual(["done", "service_marked"]);
    const quoted = await refundQuoteFor(patient, bookingId, "visa_refused", undefined, now());
    expect(quoted?.quote.parts.find((part) => part.kind === "hotel")).toMatchObject({
      ...{ keptMinor: 12_000n, refundableMinor: 38_000n, rule: "less_proven_cost" },
    });
    expect((await unreleased(bookingId)).due).toEqual([]);
    await cancel(bookingId);
    const [group] = (await unreleased(bookingId)).due;
    if (!group) throw new Error("Nothing is due.");
    expect(group.lines).toMatchObject([
      { amountMinor: 12_000n, taxMinor: 0n, evidence: "cancellation_kept" },
    ]);
    const form = { bookingId, contract: "B" as const, payee: "Hotel", key: releaseKey(group) };
    const { id } = valueOf(await proposeRelease(await makeFinance(), form, now()));
    valueOf(await approveRelease(await makeFinance(), id, now()));
    expect(await booked(bookingId)).toMatchObject({ supplier_payable: -12_000n });
    expect((await unreleased(bookingId)).due).toEqual([]);
  });

  it("can be the hospital's, beyond any account, in the database's eyes too", async () => {
    const { bookingId } = await makeTreated();
    const service = await asPerson(testSystem, (tx) =>
      tx.bookingService.findFirstOrThrow({ where: { bookingId, kind: "treatment" } }),
    );
    valueOf(await recordKeptCost(await makeCoordinator(), said(service.id, 30_000n), now()));
    await cancel(bookingId);
    const [group] = (await unreleased(bookingId)).due;
    if (!group) throw new Error("Nothing is due.");
    const form = { bookingId, contract: "A" as const, key: releaseKey(group) };
    const { id } = valueOf(await proposeRelease(await makeFinance(), form, now()));
    valueOf(await approveRelease(await makeFinance(), id, now()));
    expect(await booked(bookingId)).toMatchObject({ hospital_payable: -30_000n });
  });
});

describe("a proven cost the refund rules do not keep", () => {
  const hotel = (serviceId: string) => ({ serviceId, amountMinor: 40_000n, note: "invoice 12" });

  it.each(["centre_declines", "force_majeure", "operator_failure", "not_treatable"])(
    "is offered to nobody, since the patient gets it back: %s",
    async (cause) => {
      const { bookingId, serviceId } = await makeBooked("hotel");
      valueOf(await recordKeptCost(await makeCoordinator(), hotel(serviceId), now()));
      await cancel(bookingId, cause);
      const { due, waiting } = await unreleased(bookingId);
      expect(due).toEqual([]);
      expect(waiting).toMatchObject([{ serviceId, reason: "nothing_kept" }]);
    },
  );

  it("is approved by nobody where the rules give it back after all", async () => {
    const { bookingId, serviceId } = await makeBooked("hotel");
    valueOf(await recordKeptCost(await makeCoordinator(), hotel(serviceId), now()));
    await cancel(bookingId);
    const id = await propose(bookingId, "cancellation_kept");
    await cancel(bookingId, "centre_declines");
    expect(reasonOf(await approveRelease(await makeFinance(), id, now()))).toBe("release_stale");
  });

  it("leaves to whoever delivered what is held for them, though it was written down after the refund", async () => {
    // Of a deposit of 520 for contract B 120 lie with the services; the 400 of the fee are earned.
    const lines = [line("operator_fee", 200_000), line("translation", 50_000), line("visa", 10_000)];
    const treatment = line("treatment", 3_000_000, { contract: "A" });
    const { id: bookingId } = await makeSigned(await makeAcceptedCase({ lines: [treatment, ...lines] }));
    await payItem(bookingId, "deposit");
    await sweepInvoices(testSystem, now());
    await asPerson(testSystem, (tx) =>
      tx.bookingService.updateMany({ where: { bookingId, kind: "visa" }, data: { deliveredAt: now() } }),
    );
    await cancel(bookingId);
    const { services } = await bookingNow(bookingId);
    const serviceId = services.find(({ kind }) => kind === "translation")?.id ?? "";
    const cost = { serviceId, amountMinor: 4_000n, note: "invoice 12" };
    valueOf(await recordKeptCost(await makeCoordinator(), cost, now()));
    const kept = await propose(bookingId, "cancellation_kept");
    expect(reasonOf(await approveRelease(await makeFinance(), kept, now()))).toBe("held_too_little");
    const visa = await propose(bookingId, "service_delivered");
    expect(reasonOf(await approveRelease(await makeFinance(), kept, now()))).toBe("held_too_little");
    valueOf(await approveRelease(await makeFinance(), visa, now()));
    expect(await booked(bookingId)).toMatchObject({ supplier_payable: -8_403n });
  });
});

describe("a line that goes to nobody yet", () => {
  it("says why: nobody drove, no minutes, no parcel, no tax rule, no account", async () => {
    const reasonFor = async (kind: string) => {
      const { bookingId, serviceId } = await makeBooked(kind);
      await asPerson(testSystem, (tx) =>
        tx.bookingService.updateMany({ where: { id: serviceId }, data: { deliveredAt: now() } }),
      );
      return (await unreleased(bookingId)).waiting.map((line) => line.reason);
    };
    expect(await reasonFor("transfer_return")).toEqual(["ride_not_done"]);
    expect(await reasonFor("interpreter")).toEqual(["minutes_missing"]);
    expect(await reasonFor("medicine_supply")).toEqual(["parcel_not_arrived"]);
    await openDb().setting.deleteMany({ where: { key: TAX_SETTING } });
    expect(await reasonFor("visa")).toEqual(["no_tax_rule"]);
  });
});
