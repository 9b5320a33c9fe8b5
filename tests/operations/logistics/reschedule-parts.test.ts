import { describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { createTransfer } from "@/lib/logistics/create-transfer";
import { createTransferForm, logisticsEventForm, rescheduleForm } from "@/lib/logistics/forms";
import { moveTransfer } from "@/lib/logistics/move-transfer";
import { rescheduleBooking } from "@/lib/logistics/reschedule-booking";
import { bookingNow, makePaid, onlyTreatment } from "../../support/bookings";
import { makeResource } from "../../support/clinics";
import { line, makeAcceptedCase } from "../../support/estimates";
import { liveClaims, newCity, newLanguage } from "../../support/holds";
import { makeCoordinator, testSystem } from "../../support/people";

const withTrip = [...onlyTreatment, line("transfer_arrival", 9_000), line("interpreter", 24_000)];

/** A paid booking on the first day of its centre, with a driver and an interpreter of its own. */
async function makeTrip() {
  const place = newCity();
  const language = newLanguage();
  const accepted = await makeAcceptedCase({ clinicWish: place, lines: withTrip });
  const driver = await makeResource("driver", place);
  await makeResource("interpreter", { ...place, languages: ["de", language] });
  const paid = await makePaid(accepted, { language });
  const move = (day: number) =>
    rescheduleBooking(
      accepted.patient,
      paid.id,
      rescheduleForm.parse({ slotId: accepted.clinic.slots[day]?.id }),
      new Date(),
    );
  return { paid, place, driver, move };
}

describe("who serves a booking that moves", () => {
  it("is one driver for each of two rides at one hour, whoever can drive which", async () => {
    const { paid, place, driver, move } = await makeTrip();
    // One of the two cars takes a wheelchair, and the second ride needs that one.
    const wide = await makeResource("driver", place);
    await openDb().resource.update({ where: { id: wide.id }, data: { wheelchair: true } });
    const coordinator = await makeCoordinator();
    const [first] = paid.transfers;
    const second = await createTransfer(
      coordinator,
      createTransferForm.parse({
        ...{ bookingId: paid.id, direction: "arrival", pickupPlace: "Airport", dropPlace: "Hotel" },
        ...{ wheelchair: true, pickupAt: first?.pickupAt.toISOString() },
      }),
    );
    if (!second.ok) throw new Error(second.reason);
    const pairs = [
      [first?.id ?? "", driver.id],
      [second.value.id, wide.id],
    ] as const;
    for (const [id, resourceId] of pairs) {
      const assign = logisticsEventForm.parse({ resourceId });
      expect(await moveTransfer(coordinator, id, "assign", assign, new Date())).toMatchObject({ ok: true });
    }
    for (const day of [2, 3, 4]) {
      expect(await move(day)).toMatchObject({ ok: true });
      const { transfers } = await bookingNow(paid.id);
      expect(new Map(transfers.map(({ id, resourceId }) => [id, resourceId]))).toEqual(new Map(pairs));
    }
  });

  it("is nobody who has served already, and their hours stay theirs", async () => {
    const { paid, move } = await makeTrip();
    const [talk] = paid.interpreters;
    await asPerson(testSystem, (tx) =>
      tx.interpreterAssignment.update({ where: { id: talk?.id ?? "" }, data: { state: "done" } }),
    );
    expect(await move(2)).toMatchObject({ ok: true });
    const after = (await bookingNow(paid.id)).interpreters.find(({ id }) => id === talk?.id);
    expect(after).toMatchObject({ state: "done", claimId: talk?.claimId, startsAt: talk?.startsAt });
    expect(await openDb().claim.findUnique({ where: { id: talk?.claimId ?? "" } })).toMatchObject({
      state: "booked",
      startsAt: talk?.startsAt,
    });
    expect(await liveClaims(paid.id)).toBe(3);
  });
});

interface Need {
  kind: "driver" | "interpreter";
  /** Hours of the day, from and to. */
  hours: [number, number];
  languages?: string[];
}

/** Who is picked for these needs at one place, all of them long before a search through every order would end. */
async function pick(place: { city: string; country: string }, needs: Need[]) {
  const at = (hour: number) => new Date(Date.UTC(2030, 0, 7, hour)).toISOString();
  const asked = needs.map(({ kind, hours, languages = [] }) => ({
    ...{ purpose: kind, kind, ...place, anywhere: false, languages, oneOf: [], seats: 1, wheelchair: false },
    ...{ claimId: newId(), startsAt: at(hours[0]), endsAt: at(hours[1]), gender: null },
  }));
  return asPerson(testSystem, async (tx) => {
    await tx.$executeRaw`SET LOCAL statement_timeout = '10s'`;
    const [row] = await tx.$queryRaw<{ picked: (string | null)[] }[]>`
      SELECT pick_parts(ARRAY(SELECT jsonb_populate_record(NULL::part_need, n)
        FROM jsonb_array_elements(${JSON.stringify(asked)}::jsonb) n), ${newId()}::uuid) AS picked`;
    return row?.picked ?? [];
  });
}

const many = (kind: Need["kind"], hours: readonly [number, number][]) =>
  hours.map((one): Need => ({ kind, hours: one }));
const makeCrew = (kind: Need["kind"], place: ReturnType<typeof newCity>, count: number) =>
  Promise.all(Array.from({ length: count }, () => makeResource(kind, place)));

describe("who serves many parts at once", () => {
  it("is found in no time, also for eight rides at one hour beside six talks at hours of their own", async () => {
    const place = newCity();
    await makeCrew("driver", place, 8);
    await makeCrew("interpreter", place, 8);
    const talks = Array.from({ length: 6 }, (_, at): [number, number] => [9 + at, 10 + at]);
    // Eight rides at one hour: that all eight drivers were picked by chance, one each, is next to impossible.
    const rides = Array.from({ length: 8 }, (): [number, number] => [9, 10]);
    const picked = await pick(place, [...many("driver", rides), ...many("interpreter", talks)]);
    expect(new Set(picked.slice(0, 8)).size).toBe(8);
    expect(picked).not.toContain(null);
  });

  it("is said to be missing in no time too, and where", async () => {
    const place = newCity();
    await makeCrew("interpreter", place, 7);
    await makeCrew("driver", place, 1);
    const talks = Array.from({ length: 8 }, (_, at): [number, number] => [9, 12 + (at % 3)]);
    const picked = await pick(place, [...many("driver", [[9, 10]]), ...many("interpreter", talks)]);
    expect(picked.indexOf(null)).toBeGreaterThan(0);
    expect(picked.filter((one) => one === null)).toHaveLength(1);
  });

  it("is whoever serves a chain of hours, though the first choice for each would not", async () => {
    const place = newCity();
    const [first, second] = [newLanguage(), newLanguage()];
    const both = await makeResource("interpreter", { ...place, languages: [first, second] });
    const one = await makeResource("interpreter", { ...place, languages: [first] });
    const needs: Need[] = [
      { kind: "interpreter", hours: [11, 13], languages: [first] },
      { kind: "interpreter", hours: [10, 12], languages: [second] },
      { kind: "interpreter", hours: [9, 11], languages: [first] },
      { kind: "interpreter", hours: [14, 15], languages: [second] },
    ];
    for (let round = 0; round < 5; round += 1)
      expect(await pick(place, needs)).toEqual([one.id, both.id, one.id, both.id]);
  });
});
