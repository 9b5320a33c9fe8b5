import { describe, expect, it } from "vitest";
import { addDays, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { setCapacity } from "@/lib/bookings/set-capacity";
import { freeSlots } from "@/lib/bookings/published";
import { asPerson, openDb } from "@/lib/infra/db";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { declineOffer } from "@/lib/logistics/decline-offer";
import { joinWaitingList } from "@/lib/logistics/join-waiting-list";
import { leaveWaitingList } from "@/lib/logistics/leave-waiting-list";
import { waitingCounts, waitingFor, waitingLists } from "@/lib/logistics/read-waiting";
import { OFFER_HOURS, SILENCES_MAX } from "@/lib/logistics/waiting-list";
import { bookingNow, makeHold, runOut } from "../../support/bookings";
import { makeClinic } from "../../support/clinics";
import { hold, makeMany, slotNow } from "../../support/holds";
import { makeCoordinator, makeManager, makePatient, testSystem } from "../../support/people";
import {
  accept,
  asOwner,
  freePlaces,
  join,
  makeFullCentre,
  makeWaiting,
  offered,
  waitForm,
} from "../../support/waiting";

const now = () => new Date();
const caseNow = (id: string) => asPerson(testSystem, (tx) => tx.case.findUniqueOrThrow({ where: { id } }));
const stateOf = async (id: string) => (await waitingFor(testSystem, id))?.state;

describe("joining the waiting list", () => {
  it("puts everybody behind those who joined before", async () => {
    const { clinic, waiting } = await makeFullCentre(3);
    const places: (number | null | undefined)[] = [];
    for (const one of waiting) {
      const joined = await join(one);
      places.push(joined.ok ? joined.value.position : undefined);
    }
    expect(places).toEqual([1, 2, 3]);
    expect(await caseNow(waiting[0]?.caseId ?? "")).toMatchObject({ nextAction: "waiting_list" });
    const manager = await makeManager(clinic.id);
    expect(await waitingCounts(manager)).toEqual([{ treatment: "teer", waiting: 3 }]);
  });

  it("counts before somebody only those who wait for one of the same days", async () => {
    const { clinic, waiting } = await makeFullCentre(4, { days: 3 });
    const [early, late, whole, alsoLate] = waiting;
    if (!early || !late || !whole || !alsoLate) throw new Error("No case was made.");
    const [first, , last] = clinic.slots.map(({ on }) => dayOf(on));
    const place = async (one: typeof early, fromOn?: string, toOn?: string) => {
      const joined = await join(one, 3, { fromOn, toOn });
      return joined.ok ? joined.value.position : joined.reason;
    };
    expect(await place(early, first, first)).toBe(1);
    expect(await place(late, last, last)).toBe(1);
    expect(await place(whole, first, last)).toBe(3);
    expect(await place(alsoLate, last, last)).toBe(3);
  });

  it("is dated by whoever says now, in and out", async () => {
    const { waiting } = await makeFullCentre(1);
    const [one] = waiting;
    if (!one) throw new Error("No case was made.");
    const [then, later] = [-3, -1].map((days) => new Date(Date.now() + days * 86_400_000));
    const joined = await joinWaitingList(one.patient, waitForm(one), then ?? now());
    const id = joined.ok ? joined.value.id : "";
    expect(joined).toMatchObject({ value: { joinedAt: then } });
    expect(await leaveWaitingList(one.patient, id, later ?? now())).toMatchObject({
      value: { state: "left", endedAt: later },
    });
  });

  it("lets nobody wait for days of which one is free, and names it", async () => {
    const clinic = await makeClinic({ days: 2 });
    const [one] = await makeMany(1, clinic);
    if (!one) throw new Error("No case was made.");
    expect(await join(one, 2)).toMatchObject({
      reason: "day_free",
      detail: { slotId: clinic.slots[0]?.id, on: dayOf(clinic.slots[0]?.on ?? now()) },
    });
  });

  it("keeps one live entry of a case, also when it joins twice at once", async () => {
    const { waiting } = await makeFullCentre(1);
    const [one] = waiting;
    if (!one) throw new Error("No case was made.");
    const answers = await Promise.all([join(one), join(one)]);
    expect(answers.map((answer) => (answer.ok ? "joined" : answer.reason)).toSorted()).toEqual([
      "already_waiting",
      "joined",
    ]);
  });

  it("does not exist for a stranger, and shows a patient no one else", async () => {
    const { clinic, waiting } = await makeFullCentre(2);
    const [one, two] = waiting;
    if (!one || !two) throw new Error("No case was made.");
    const id = await makeWaiting(one);
    const stranger = await makePatient();
    expect(await waitingFor(two.patient, id)).toBeNull();
    expect(await waitingFor(await makeManager(clinic.id), id)).toBeNull();
    expect(await leaveWaitingList(two.patient, id, now())).toMatchObject({ reason: "not_found" });
    expect(await join({ ...one, patient: stranger })).toMatchObject({ reason: "not_found" });
    const rows = await asPerson(two.patient, (tx) => tx.waitingEntry.count());
    expect(rows).toBe(0);
    const written = asPerson(one.patient, (tx) =>
      tx.waitingEntry.updateMany({ where: { id }, data: { state: "left", endedAt: now() } }),
    );
    expect(await written).toMatchObject({ count: 0 });
    expect(await stateOf(id)).toBe("waiting");
  });

  it("is open to the coordinator too, and the desk sees each list in order", async () => {
    const { clinic, waiting } = await makeFullCentre(2);
    const coordinator = await makeCoordinator();
    for (const one of waiting)
      expect(await join({ ...one, patient: coordinator as never }, 1, { reason: "Visa ends" })).toMatchObject(
        {
          value: { joinedRole: "coordinator", reason: "Visa ends" },
        },
      );
    const lines = (await waitingLists(coordinator)).filter((line) => line.clinicId === clinic.id);
    expect(lines.map((line) => [line.caseId, line.position])).toEqual(
      waiting.map(({ caseId }, at) => [caseId, at + 1]),
    );
  });

  it("counts hours and silences as the database does", async () => {
    const [row] = await openDb().$queryRaw<{ hours: number; silences: number }[]>`
      SELECT waiting_offer_hours() AS hours, waiting_silences_max() AS silences`;
    expect(row).toEqual({ hours: OFFER_HOURS, silences: SILENCES_MAX });
  });
});

describe("a place that becomes free", () => {
  it("is offered to the first in order in the act that cancels a booking, and to nobody else", async () => {
    const clinic = await makeClinic({ days: 1 });
    const [booked, first, second, passerBy] = await makeMany(4, clinic);
    if (!booked || !first || !second || !passerBy) throw new Error("No case was made.");
    const held = await makeHold(booked);
    const entry = await makeWaiting(first);
    await makeWaiting(second);
    const coordinator = await makeCoordinator();
    const cause = { cause: "force_majeure" as const, endCase: false };
    expect(await cancelBooking(coordinator, held.id, cause, now())).toMatchObject({ ok: true });
    expect((await offered(clinic.id)).map(({ caseId }) => caseId)).toEqual([first.caseId]);
    expect(await slotNow(clinic.slots[0]?.id)).toMatchObject({ taken: 1, capacity: 1 });
    expect(await hold(passerBy)).toMatchObject({ reason: "slot_taken" });
    expect(await hold(second)).toMatchObject({ reason: "slot_taken" });
    const day = dayOf(clinic.slots[0]?.on ?? now());
    expect(await freeSlots(clinic.slug, { from: day, to: day }, now())).toMatchObject([{ free: 0 }]);
    const facts = await waitingFor(first.patient, entry);
    const left = (facts?.offers[0]?.expiresAt.getTime() ?? 0) - Date.now();
    expect(Math.abs(left - OFFER_HOURS * 3_600_000)).toBeLessThan(60_000);
    const audit = await openDb().auditEvent.count({
      where: { caseId: first.caseId, event: "waiting.offered" },
    });
    expect(audit).toBe(1);
  });

  it("is offered when a hold has run out, before whoever asks for the day gets it", async () => {
    const clinic = await makeClinic({ days: 1 });
    const [booked, first, passerBy] = await makeMany(3, clinic);
    if (!booked || !first || !passerBy) throw new Error("No case was made.");
    const held = await makeHold(booked);
    await makeWaiting(first);
    await runOut(held.id);
    const day = dayOf(clinic.slots[0]?.on ?? now());
    expect(await freeSlots(clinic.slug, { from: day, to: day }, now())).toMatchObject([{ free: 0 }]);
    expect(await hold(passerBy)).toMatchObject({ reason: "slot_taken" });
    expect(await bookingNow(held.id)).toMatchObject({ cancelCause: "hold_expired" });
    expect(await offered(clinic.id)).toMatchObject([{ caseId: first.caseId }]);
  });

  it("is offered when a centre adds places or days", async () => {
    const { clinic, waiting } = await makeFullCentre(3);
    const later = addDays(dayOf(clinic.slots[0]?.on ?? now()), 1);
    for (const one of waiting) await makeWaitingUntil(one, later);
    const manager = await makeManager(clinic.id);
    const lines = [
      { treatment: "teer", on: dayOf(clinic.slots[0]?.on ?? now()), capacity: 2 },
      { treatment: "teer", on: later, capacity: 1 },
    ];
    expect(await setCapacity(manager, lines, now())).toMatchObject({ ok: true });
    expect((await offered(clinic.id)).map(({ caseId }) => caseId)).toEqual(
      waiting.slice(0, 2).map(({ caseId }) => caseId),
    );
  });

  it("is not told to the centre as free once it is offered to somebody", async () => {
    const { clinic, waiting } = await makeFullCentre(1);
    const [one] = waiting;
    if (!one) throw new Error("No case was made.");
    await makeWaiting(one);
    const line = { treatment: "teer", on: dayOf(clinic.slots[0]?.on ?? now()), capacity: 2 };
    expect(await setCapacity(await makeManager(clinic.id), [line], now())).toMatchObject({
      value: [{ capacity: 2, free: 0 }],
    });
  });

  it("is asked for in one order, whichever a manager names first", async () => {
    const { clinic } = await makeFullCentre(1);
    const manager = await makeManager(clinic.id);
    const on = addDays(dayOf(now()), 60);
    const lines = ["teer", "surgical-repair"].map((treatment) => ({ treatment, on, capacity: 1 }));
    const insert = `INSERT INTO "ProcedureSlot" (id, "clinicId", treatment, "on", capacity) VALUES ($1, $2, $3, $4, 1)`;
    const saved: ReturnType<typeof setCapacity>[] = [];
    await asOwner(async (ask) => {
      await ask("BEGIN");
      await ask(insert, [newId(), clinic.id, "surgical-repair", on]);
      saved.push(setCapacity(manager, lines, now()));
      while ((await ask(BLOCKED)).length === 0);
      // Whoever waits for the first day of the order has taken no later one yet.
      await ask("SET LOCAL lock_timeout = '300ms'");
      await ask(insert, [newId(), clinic.id, "teer", on]);
      await ask("ROLLBACK");
    });
    expect(await saved[0]).toMatchObject({
      value: [{ treatment: "teer" }, { treatment: "surgical-repair" }],
    });
  });

  it("goes to exactly the first three of 20 when three are freed at once", async () => {
    const { clinic, waiting } = await makeFullCentre(20, { capacity: 3 });
    for (const one of waiting) await makeWaiting(one);
    const [slot] = clinic.slots;
    await Promise.all([freePlaces(slot?.id), freePlaces(slot?.id), freePlaces(slot?.id)]);
    expect((await offered(clinic.id)).map(({ caseId }) => caseId)).toEqual(
      waiting.slice(0, 3).map(({ caseId }) => caseId),
    );
    expect(await slotNow(slot?.id)).toMatchObject({ taken: 3, capacity: 3 });
  });

  it("never goes to two while all ask, accept and decline at once", async () => {
    const { clinic, waiting } = await makeFullCentre(8, { capacity: 2 });
    for (const one of waiting.slice(0, 4)) await makeWaiting(one);
    const [slot] = clinic.slots;
    await freePlaces(slot?.id, 2);
    const [first, second] = await offered(clinic.id);
    const passersBy = waiting.slice(4);
    const coordinator = await makeCoordinator();
    const [took] = await Promise.all([
      accept(waiting[0]?.patient ?? (await makePatient()), first?.id ?? ""),
      declineOffer(coordinator, second?.id ?? "", now()),
      ...passersBy.map((one) => hold(one)),
    ]);
    expect(took).toMatchObject({ ok: true });
    expect(await slotNow(slot?.id)).toMatchObject({ taken: 2, capacity: 2 });
    expect(await offered(clinic.id)).toMatchObject([{ caseId: waiting[2]?.caseId }]);
    const live = await asPerson(testSystem, (tx) => tx.booking.count({ where: { slotId: slot?.id ?? "" } }));
    expect(live).toBe(1);
  });
});

/** Who waits for the connection that asks. */
const BLOCKED = "SELECT pid FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))";

async function makeWaitingUntil(one: Parameters<typeof join>[0], toOn: string) {
  const joined = await join(one, 1, { toOn });
  if (!joined.ok) throw new Error(`The set-up was refused: ${joined.reason}`);
}
