import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { accountOf, approveRelease } from "@/tests/support/releases";
import { payRelease } from "@/lib/payments/pay-release";
import { proposeRelease } from "@/lib/payments/propose-release";
import { releasableFor } from "@/lib/payments/read-releasable";
import { clinicKey } from "@/lib/payments/payee";
import type { ReleaseFilter } from "@/lib/payments/payee-form";
import { endedReleasesFor, releasedClinicsFor } from "@/lib/payments/read-releases";
import { refuseRelease } from "@/lib/payments/refuse-release";
import { releaseKey, SUPPLIERS } from "@/lib/payments/release";
import { TAX_SETTING } from "@/lib/payments/tax";
import { booked, deliverRide, makeFullyPaid, makeTaxSettings } from "@/tests/support/invoices";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { ledgerSums } from "@/tests/support/payments";
import { makeFinance, makePatient, makeReviewer, testSystem } from "@/tests/support/people";

const now = () => new Date();
beforeEach(makeTaxSettings);

/** A ride as its driver reports it. */
async function drive(
  made: { bookingId: string; caseId: string },
  state: "requested" | "done" | "failed" = "done",
  resourceId: string | null = null,
) {
  await asPerson(testSystem, (tx) =>
    tx.transfer.create({
      data: {
        resourceId,
        ...{ bookingId: made.bookingId, caseId: made.caseId, direction: "arrival", state },
        ...{ timeZone: "Europe/Berlin", pickupPlace: "Airport", dropPlace: "Clinic", pickupAt: now() },
      },
    }),
  );
}

/** A driver or interpreter of a supplier of their own. */
async function makeHelper(kind: "driver" | "interpreter") {
  const [resourceId, supplierId] = [newId(), newId()];
  const here = { city: "Cologne", country: "DE" };
  await asPerson(testSystem, async (tx) => {
    await tx.supplier.create({ data: { ...here, kind, id: supplierId, name: supplierId } });
    await tx.resource.create({
      data: { ...here, kind, id: resourceId, supplierId, name: "Ina", timeZone: "Europe/Berlin" },
    });
  });
  return { resourceId };
}

async function delivered() {
  const made = await makeFullyPaid();
  await drive(made);
  await deliverRide(made.bookingId);
  return made;
}

async function dueOf(bookingId: string) {
  return (await releasableFor(await makeFinance())).due.filter((one) => one.bookingId === bookingId);
}

async function propose(bookingId: string, payee = "Rides GmbH") {
  const [group] = await dueOf(bookingId);
  if (!group) throw new Error("Nothing is due.");
  const finance = await makeFinance();
  const form = { bookingId, contract: group.contract, payee, key: releaseKey(group) };
  return { finance, form, outcome: await proposeRelease(finance, form, now()) };
}

describe("a release", () => {
  it("goes from the held money to the supplier in three steps by two people, and every unit is in the books", async () => {
    const made = await delivered();
    const before = await booked(made.bookingId);
    const { finance, outcome } = await propose(made.bookingId);
    const { id } = valueOf(outcome);
    expect(await booked(made.bookingId)).toEqual(before);
    expect(reasonOf(await approveRelease(finance, id, now()))).toBe("same_person");
    const other = await makeFinance();
    expect(reasonOf(await payRelease(other, { releaseId: id, bankReference: "early" }, now()))).toBe(
      "illegal_transition",
    );
    valueOf(await approveRelease(other, id, now()));
    // 500 hold 79.83 of tax at 19 %; the rest is the supplier's.
    expect(await booked(made.bookingId)).toMatchObject({
      client_funds_held: -300_000n,
      supplier_payable: -42_017n,
      tax: -7_983n,
    });
    valueOf(await payRelease(finance, { releaseId: id, bankReference: "SEPA 1" }, now()));
    expect(await booked(made.bookingId)).toMatchObject({
      supplier_payable: 0n,
      psp_clearing: 550_000n - 42_017n,
    });
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
    expect(
      await openDb().auditEvent.count({ where: { objectId: id, event: { startsWith: "release." } } }),
    ).toBe(3);
    const row = (await endedReleasesFor(finance)).items.find((one) => one.id === id);
    expect(row).toMatchObject({ state: "paid", payee: "Rides GmbH", lines: [{ evidence: "transfer_done" }] });
    const isIn = async (filter: ReleaseFilter) =>
      (await endedReleasesFor(finance, undefined, filter)).items.some((one) => one.id === id);
    const payee = row?.payeeKey;
    for (const filter of [{ payee }, { payee: SUPPLIERS, state: "paid" as const }])
      expect(await isIn(filter)).toBe(true);
    for (const filter of [{ payee: clinicKey(newId()) }, { payee, state: "refused" as const }])
      expect(await isIn(filter)).toBe(false);
    expect((await releasedClinicsFor(finance)).some((one) => one.payeeKey === payee)).toBe(false);
  });

  it("asks for evidence: nothing that was not delivered, and no ride nobody drove, is due", async () => {
    const made = await makeFullyPaid();
    expect(await dueOf(made.bookingId)).toEqual([]);
    await deliverRide(made.bookingId);
    await drive(made, "requested");
    expect(await dueOf(made.bookingId)).toEqual([]);
    await drive(made);
    expect(await dueOf(made.bookingId)).toEqual([]);
    await asPerson(testSystem, (tx) =>
      tx.transfer.updateMany({
        where: { bookingId: made.bookingId, state: "requested" },
        data: { state: "cancelled" },
      }),
    );
    expect(await dueOf(made.bookingId)).toMatchObject([
      { contract: "B", lines: [{ kind: "transfer_arrival", amountMinor: 50_000n }] },
    ]);
  });

  it("is not offered for rides of two suppliers under one line, but is where the first one failed", async () => {
    const made = await makeFullyPaid();
    await deliverRide(made.bookingId);
    await drive(made, "failed", (await makeHelper("driver")).resourceId);
    await drive(made, "done", (await makeHelper("driver")).resourceId);
    expect(await dueOf(made.bookingId)).toMatchObject([{ lines: [{ evidence: "transfer_done" }] }]);
    await drive(made, "done", (await makeHelper("driver")).resourceId);
    expect(await dueOf(made.bookingId)).toEqual([]);
    const { waiting } = await releasableFor(await makeFinance());
    const { number } = await asPerson(testSystem, (tx) =>
      tx.booking.findUniqueOrThrow({ where: { id: made.bookingId } }),
    );
    expect(waiting.filter((line) => line.bookingNumber === number)).toMatchObject([
      { kind: "transfer_arrival", reason: "several_suppliers" },
    ]);
  });

  it("waits where nobody has said what tax is within it", async () => {
    const made = await delivered();
    expect(await dueOf(made.bookingId)).toHaveLength(1);
    await openDb().setting.deleteMany({ where: { key: TAX_SETTING } });
    expect(await dueOf(made.bookingId)).toEqual([]);
  });

  it("is not offered for talks of interpreters of two suppliers under one line, but is for one's", async () => {
    const made = await makeFullyPaid();
    const { bookingId, caseId } = made;
    await asPerson(testSystem, (tx) =>
      tx.bookingService.updateMany({
        where: { bookingId, kind: "transfer_arrival" },
        data: { kind: "interpreter", deliveredAt: now() },
      }),
    );
    const talk = async () => {
      const { resourceId } = await makeHelper("interpreter");
      await asPerson(testSystem, async (tx) => {
        await tx.interpreterAssignment.create({
          data: {
            ...{ bookingId, caseId, resourceId, state: "done", minutes: 60, fromLang: "ar", toLang: "de" },
            ...{ purpose: "consent", place: "Clinic", timeZone: "Europe/Berlin" },
            ...{ startsAt: new Date(Date.now() - 3_600_000), endsAt: now() },
          },
        });
      });
    };
    await talk();
    expect(await dueOf(bookingId)).toMatchObject([{ lines: [{ evidence: "interpreter_minutes" }] }]);
    await talk();
    expect(await dueOf(bookingId)).toEqual([]);
  });

  it("is proposed once, exactly as it was shown, and its payee is named", async () => {
    const made = await delivered();
    const [group] = await dueOf(made.bookingId);
    const form = {
      bookingId: made.bookingId,
      contract: "B" as const,
      key: releaseKey(group ?? { lines: [], payee: "" }),
    };
    const finance = await makeFinance();
    expect(reasonOf(await proposeRelease(finance, form, now()))).toBe("payee_missing");
    expect(reasonOf(await proposeRelease(finance, { ...form, payee: "A", key: "other" }, now()))).toBe(
      "release_stale",
    );
    expect(reasonOf(await proposeRelease(finance, { ...form, bookingId: newId(), payee: "A" }, now()))).toBe(
      "not_found",
    );
    const both = await Promise.all([1, 2].map(() => proposeRelease(finance, { ...form, payee: "A" }, now())));
    expect(both.filter((one) => one.ok)).toHaveLength(1);
  });

  it("is approved once for two at the same moment, and paid once", async () => {
    const made = await delivered();
    const { id } = valueOf((await propose(made.bookingId)).outcome);
    const approvers = await Promise.all([makeFinance(), makeFinance()]);
    const approved = await Promise.all(approvers.map((one) => approveRelease(one, id, now())));
    expect(approved.filter((one) => one.ok)).toHaveLength(1);
    const paid = await Promise.all(
      approvers.map((one) => payRelease(one, { releaseId: id, bankReference: "X" }, now())),
    );
    expect(paid.filter((one) => one.ok)).toHaveLength(1);
    expect(await booked(made.bookingId)).toMatchObject({ supplier_payable: 0n });
  });

  it("that was refused lets its lines be proposed again, and cannot be approved any more", async () => {
    const made = await delivered();
    const { finance, outcome } = await propose(made.bookingId);
    const { id } = valueOf(outcome);
    expect(await dueOf(made.bookingId)).toEqual([]);
    valueOf(await refuseRelease(finance, { releaseId: id, reason: "wrong payee" }, now()));
    expect(reasonOf(await approveRelease(await makeFinance(), id, now()))).toBe("illegal_transition");
    valueOf((await propose(made.bookingId)).outcome);
  });

  it("never takes more than is held", async () => {
    const made = await delivered();
    await asPerson(testSystem, (tx) =>
      tx.bookingService.updateMany({
        where: { bookingId: made.bookingId, kind: "transfer_arrival" },
        data: { amountMinor: 50_001n },
      }),
    );
    const { id } = valueOf((await propose(made.bookingId)).outcome);
    expect(reasonOf(await approveRelease(await makeFinance(), id, now()))).toBe("held_too_little");
  });

  it("is held by the database: no line without delivery, no second release, one approver, no change", async () => {
    const made = await makeFullyPaid();
    const service = await asPerson(testSystem, (tx) =>
      tx.bookingService.findFirstOrThrow({ where: { bookingId: made.bookingId, kind: "transfer_arrival" } }),
    );
    const releaseId = newId();
    const about = { bookingId: made.bookingId, caseId: made.caseId };
    const release = {
      ...about,
      id: releaseId,
      contract: "B" as const,
      payee: "A",
      currency: "EUR",
      payeeKey: "name:nobody",
      amountMinor: 50_000n,
      taxMinor: 0n,
    };
    const line = {
      ...about,
      releaseId,
      serviceId: service.id,
      kind: service.kind,
      amountMinor: 50_000n,
      taxMinor: 0n,
    };
    const write = () =>
      asPerson(testSystem, async (tx) => {
        await tx.release.create({ data: { ...release, proposedById: made.owner.personId } });
        await tx.releaseLine.create({
          data: { ...line, evidence: "service_delivered", evidenceId: service.id, deliveredAt: now() },
        });
      });
    await expect(write()).rejects.toThrow(/delivered/);
    await drive(made);
    await deliverRide(made.bookingId);
    const { finance, outcome } = await propose(made.bookingId);
    const { id } = valueOf(outcome);
    await expect(write()).rejects.toThrow(/unique|Unique/);
    const change = (data: object) => asPerson(finance, (tx) => tx.release.update({ where: { id }, data }));
    await expect(change({ amountMinor: 1n })).rejects.toThrow(/never changes/);
    const approved = { state: "approved", approvedAt: now(), payeeAccountId: await accountOf(id) };
    await expect(change({ ...approved, approvedById: finance.personId })).rejects.toThrow(/two_people/);
    await expect(change({ state: "paid" })).rejects.toThrow(/cannot go/);
  });

  it("is known to the patient whose money it was, to no other patient, and to no centre where it is not theirs", async () => {
    const made = await delivered();
    const { id } = valueOf((await propose(made.bookingId)).outcome);
    const seenBy = (actor: Parameters<typeof asPerson>[0]) =>
      asPerson(actor, async (tx) => [
        await tx.release.count({ where: { id } }),
        await tx.releaseLine.count({ where: { releaseId: id } }),
      ]);
    expect(await seenBy(made.patient)).toEqual([1, 1]);
    expect(await seenBy(await makePatient())).toEqual([0, 0]);
    expect(await seenBy(await makeReviewer(made.clinic.id))).toEqual([0, 0]);
    expect(await seenBy(await makeFinance())).toEqual([1, 1]);
    expect(reasonOf(await approveRelease(await makeFinance(), newId(), now()))).toBe("not_found");
  });
});
