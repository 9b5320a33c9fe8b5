import { describe, expect, it } from "vitest";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { freeSlots } from "@/lib/bookings/published";
import { openDb } from "@/lib/infra/db";
import { waitingFor } from "@/lib/logistics/read-waiting";
import { tidyHolds } from "@/lib/logistics/tidy-holds";
import { tidyWaiting } from "@/lib/logistics/tidy-waiting";
import { OFFER_HOURS } from "@/lib/logistics/waiting-list";
import type { makeClinic } from "../../support/clinics";
import { hold, slotNow } from "../../support/holds";
import { testSystem } from "../../support/people";
import { freePlaces, join, makeFullCentre, makeWaiting, offered, offerRunsOut } from "../../support/waiting";

const now = () => new Date();

describe("what is counted as a silence", () => {
  it("is no day that begins before the hours of an offer are over: anybody can book that one", async () => {
    const { clinic, waiting } = await makeFullCentre(1, { days: 2 });
    const tomorrow = addDays(dayOf(now()), 1);
    const days = [tomorrow, addDays(tomorrow, 1)];
    for (const [at, slot] of clinic.slots.entries())
      await openDb().procedureSlot.update({ where: { id: slot.id }, data: { on: dateOf(days[at] ?? "") } });
    const [one] = waiting;
    if (!one) throw new Error("No case was made.");
    expect(await join(one, 1, { fromOn: tomorrow, toOn: days[1] })).toMatchObject({ ok: true });
    await freePlaces(clinic.slots[0]?.id);
    expect(await offered(clinic.id)).toEqual([]);
    const free = await freeSlots(clinic.slug, { from: tomorrow, to: tomorrow }, now());
    expect(free).toMatchObject([{ free: 1 }]);
    await freePlaces(clinic.slots[1]?.id);
    const [offer] = await offered(clinic.id);
    const facts = await waitingFor(one.patient, offer?.entryId ?? "");
    const left = (facts?.offers[0]?.expiresAt.getTime() ?? 0) - Date.now();
    expect(Math.abs(left - OFFER_HOURS * 3_600_000)).toBeLessThan(60_000);
  });

  it("is an offer its patient knew of for half a day, and no other", async () => {
    const { clinic, waiting } = await makeFullCentre(1, { days: 3 });
    const [one] = waiting;
    if (!one) throw new Error("No case was made.");
    const entryId = await makeWaiting(one, 3);
    const states: (string | undefined)[] = [];
    for (const [at, slot] of clinic.slots.entries()) {
      await freePlaces(slot.id);
      const [offer] = await offered(clinic.id);
      await offerRunsOut(offer?.id ?? "", at === 0 ? 11 : 13);
      await tidyHolds(testSystem, now());
      states.push((await waitingFor(testSystem, entryId))?.state);
    }
    expect(states).toEqual(["waiting", "waiting", "lapsed"]);
  });

  it("is no day its patient needs no more: the minute's job gives it to the next", async () => {
    const { clinic, one, two } = await makeElsewhere();
    await tidyWaiting(testSystem, now());
    expect(await offered(clinic.id)).toMatchObject([{ caseId: two.caseId }]);
    expect(await slotNow(clinic.slots[0]?.id)).toMatchObject({ taken: 1 });
    const audit = { caseId: one.caseId, event: "waiting.withdrawn" };
    expect(await openDb().auditEvent.count({ where: audit })).toBe(1);
  });

  it("is no day that ran out beside a hold, before any job came by", async () => {
    const { one, entryId, offerId } = await makeElsewhere();
    await offerRunsOut(offerId);
    await tidyHolds(testSystem, now());
    expect(await waitingFor(one.patient, entryId)).toMatchObject({ offers: [{ state: "withdrawn" }] });
  });
});

/** Two who wait for the only day of a centre; the first was offered it and then held another day of the same centre. */
async function makeElsewhere() {
  const { clinic, waiting } = await makeFullCentre(2);
  const [one, two] = waiting;
  if (!one || !two) throw new Error("No case was made.");
  const entryId = await makeWaiting(one);
  await makeWaiting(two);
  await freePlaces(clinic.slots[0]?.id);
  const [offer] = await offered(clinic.id);
  const later = await makeSlot(clinic);
  expect(await hold(one, { slotId: later })).toMatchObject({ ok: true });
  return { clinic, one, two, entryId, offerId: offer?.id ?? "" };
}

async function makeSlot({ id: clinicId }: Awaited<ReturnType<typeof makeClinic>>): Promise<string> {
  const on = dateOf(addDays(dayOf(now()), 60));
  const slot = await openDb().procedureSlot.create({
    data: { clinicId, treatment: "teer", capacity: 1, on },
  });
  return slot.id;
}
