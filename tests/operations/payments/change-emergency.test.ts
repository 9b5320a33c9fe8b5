import { describe, expect, it } from "vitest";
import { takeCase } from "@/lib/cases/take-case";
import { asPerson, openDb } from "@/lib/infra/db";
import { acceptChange } from "@/lib/payments/accept-change-order";
import { confirmEmergency } from "@/lib/payments/confirm-emergency";
import { declineChange } from "@/lib/payments/decline-change-order";
import { acceptChangeForm } from "@/lib/payments/forms";
import { proposeChange } from "@/lib/payments/propose-change-order";
import { changeOrderFor } from "@/lib/payments/read-change-orders";
import { bookingNow } from "../../support/bookings";
import {
  changeForm,
  emergencyFacts,
  lineIdOf,
  makeProof,
  makeTrip,
  payItem,
  planOf,
  type Trip,
} from "../../support/changes";
import { ledgerSums } from "../../support/payments";
import { makeCoordinator, makePatient, testSystem } from "../../support/people";

const now = () => new Date();
const treated = async (trip: Trip, amount: number, more: Record<string, unknown> = {}) =>
  changeForm(trip, amount, { reason: "complication", emergency: emergencyFacts(), ...more });

async function writeDown(trip: Trip, amount = 3_400_000): Promise<string> {
  const written = await proposeChange(trip.manager, await treated(trip, amount), now());
  if (!written.ok) throw new Error(written.reason);
  return written.value.id;
}

const total = async (trip: Trip) =>
  (await bookingNow(trip.bookingId)).services
    .filter((service) => service.line.contract === "A")
    .reduce((sum, service) => sum + service.amountMinor, 0n);
const tasks = (caseId: string, kind: string) =>
  asPerson(testSystem, (tx) => tx.task.count({ where: { caseId, kind, state: "open" } }));

describe("an emergency", () => {
  it("is told to patient and family at once, and asks for nothing before its proof", async () => {
    const trip = await makeTrip();
    const family = await makePatient("Boris Petrov");
    await asPerson(testSystem, (tx) =>
      tx.caseAccess.create({
        data: { caseId: trip.caseId, personId: family.personId, scopes: ["read"], purpose: "companion" },
      }),
    );
    const before = await planOf(trip.bookingId);

    const id = await writeDown(trip);

    expect(await changeOrderFor(trip.patient, id)).toMatchObject({
      ...{ state: "emergency_applied", provenAt: null, expiresAt: null, emergencyDoctor: "Dr. Ole Berg" },
      effect: { instalmentMinor: 400_000n },
    });
    expect([await total(trip), await planOf(trip.bookingId)]).toEqual([3_500_000n, before]);
    for (const { email } of [trip.patient, family])
      expect(await openDb().outboxMail.count({ where: { to: email, template: "change_emergency" } })).toBe(1);
    expect(await tasks(trip.caseId, "prove_emergency")).toBe(1);
    const answer = acceptChangeForm.parse({ hash: "x", typedName: "Anna Petrova" });
    expect(await acceptChange(trip.patient, id, answer, now())).toMatchObject({ reason: "not_proposed" });
    expect(await declineChange(trip.patient, id, {}, now())).toMatchObject({ reason: "forbidden" });
  });

  it("counts once a second person has read its proof, once of twice at once, and the ledger balances", async () => {
    const trip = await makeTrip();
    const id = await writeDown(trip);
    const recordId = await makeProof(trip.caseId);

    const both = await Promise.all([1, 2].map(() => confirmEmergency(trip.owner, id, { recordId }, now())));

    expect(both.every((one) => one.ok)).toBe(true);
    expect(await total(trip)).toBe(3_900_000n);
    const added = (await planOf(trip.bookingId)).filter((item) => item.kind === "change");
    expect(added).toMatchObject([{ amountMinor: 400_000n, state: "planned" }]);
    const events = await openDb().auditEvent.findMany({ where: { objectId: id }, orderBy: { id: "asc" } });
    expect(events.map((row) => row.event)).toEqual(["change.emergency", "change.proven"]);
    expect(await tasks(trip.caseId, "prove_emergency")).toBe(0);
    expect(
      await openDb().outboxMail.count({ where: { to: trip.patient.email, template: "change_proven" } }),
    ).toBe(1);
    await payItem(trip.bookingId, "change");
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
  });

  it("never costs more than the most the patient had accepted", async () => {
    const trip = await makeTrip();
    expect(await proposeChange(trip.manager, await treated(trip, 3_600_001), now())).toMatchObject({
      reason: "change_above_ceiling",
    });
    expect(await proposeChange(trip.manager, await treated(trip, 3_600_000), now())).toMatchObject({
      ok: true,
    });
  });

  it("happens with the patient there, on contract A, before it is written down", async () => {
    const trip = await makeTrip("preparing");
    const write = async (
      more: Record<string, unknown> = {},
      who: typeof trip.owner | typeof trip.manager = trip.owner,
    ) => {
      const one = await proposeChange(who, await treated(trip, 3_400_000, more), now());
      return one.ok ? "done" : one.reason;
    };
    expect(await write()).toBe("illegal_transition");
    await asPerson(testSystem, (tx) =>
      tx.case.updateMany({ where: { id: trip.caseId }, data: { stage: "treated" } }),
    );
    const lines = [{ lineId: await lineIdOf(trip.bookingId, "translation"), amount: 50_000, cause: "More" }];
    expect(await write({ contract: "B", lines })).toBe("invalid_contract");
    expect(await write({ emergency: emergencyFacts(new Date(Date.now() + 60_000)) })).toBe(
      "invalid_day_ahead",
    );
    expect(await write()).toBe("done");
  });

  it("is not proven by who wrote it down, by a stranger to the case, or by a file of another", async () => {
    const trip = await makeTrip();
    const written = await proposeChange(trip.owner, await treated(trip, 3_400_000), now());
    const id = written.ok ? written.value.id : "";
    const recordId = await makeProof(trip.caseId);
    expect(await confirmEmergency(trip.owner, id, { recordId }, now())).toMatchObject({ reason: "own_work" });
    const second = await makeCoordinator("Berta Second");
    expect(await confirmEmergency(second, id, { recordId }, now())).toMatchObject({ reason: "forbidden" });
    await takeCase(second, trip.caseId, now());
    const foreign = await makeProof((await makeTrip()).caseId);
    expect(await confirmEmergency(second, id, { recordId: foreign }, now())).toMatchObject({
      reason: "invalid_record",
    });
    expect(await confirmEmergency(second, id, { recordId }, now())).toMatchObject({ ok: true });
  });

  it("does not count with a line that falls away and was delivered before its proof came", async () => {
    const trip = await makeTrip();
    const device = { lineId: await lineIdOf(trip.bookingId, "device"), amount: 0, cause: "Not used" };
    const written = await proposeChange(trip.manager, await treated(trip, 1, { lines: [device] }), now());
    const id = written.ok ? written.value.id : "";
    const recordId = await makeProof(trip.caseId);
    await asPerson(testSystem, (tx) =>
      tx.bookingService.updateMany({
        where: { bookingId: trip.bookingId, kind: "device" },
        data: { deliveredAt: now() },
      }),
    );
    expect(await confirmEmergency(trip.owner, id, { recordId }, now())).toMatchObject({
      reason: "change_overtaken",
    });
    expect(await total(trip)).toBe(3_500_000n);
    expect(await declineChange(trip.owner, id, {}, now())).toMatchObject({ ok: true });
  });

  it("overtakes an open proposal, and lets nothing else be proposed before its proof", async () => {
    const trip = await makeTrip();
    const open = await proposeChange(trip.manager, await changeForm(trip, 3_100_000), now());
    const id = await writeDown(trip);
    expect(await changeOrderFor(trip.patient, open.ok ? open.value.id : "")).toMatchObject({
      state: "expired",
    });
    expect(await tasks(trip.caseId, "follow_change")).toBe(0);
    const next = await proposeChange(trip.manager, await changeForm(trip, 3_100_000), now());
    expect(next).toMatchObject({ reason: "change_waiting" });
    expect(await declineChange(trip.manager, id, {}, now())).toMatchObject({ reason: "forbidden" });
    expect(await declineChange(trip.owner, id, { reason: "No proof came" }, now())).toMatchObject({
      ok: true,
    });
    expect(await total(trip)).toBe(3_500_000n);
    const recordId = await makeProof(trip.caseId);
    expect(await confirmEmergency(trip.owner, id, { recordId }, now())).toMatchObject({
      reason: "not_emergency",
    });
  });
});
