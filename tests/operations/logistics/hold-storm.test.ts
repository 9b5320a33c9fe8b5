import { describe, expect, it } from "vitest";
import { POST as postBooking } from "@/app/api/v1/bookings/route";
import { addDays, dayOf } from "@/lib/kernel/day";
import { newToken } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { makeClinic, makeResource } from "../../support/clinics";
import { hold, liveClaims, makeMany, newCity, newLanguage, part, slotNow } from "../../support/holds";
import { testSystem } from "../../support/people";
import { call } from "../../support/routes";

describe("many patients at once", () => {
  it("leaves one place to one of 200", async () => {
    const clinic = await makeClinic();
    const cases = await makeMany(200, clinic);

    const answers = await Promise.all(cases.map((one) => hold(one)));

    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(new Set(answers.flatMap((answer) => (answer.ok ? [] : [answer.reason])))).toEqual(
      new Set(["slot_taken"]),
    );
    expect(await slotNow(clinic.slots[0]?.id)).toMatchObject({ taken: 1, capacity: 1 });
  });

  it("never sells more places than there are", async () => {
    const clinic = await makeClinic({ capacity: 3 });
    const cases = await makeMany(20, clinic);
    const answers = await Promise.all(cases.map((one) => hold(one)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(3);
    expect((await slotNow(clinic.slots[0]?.id)).taken).toBe(3);
  });

  it("gives whole care plans or nothing when interpreters and drivers run out", async () => {
    const place = newCity();
    const language = newLanguage();
    const clinic = await makeClinic({ ...place, capacity: 50 });
    for (let index = 0; index < 5; index += 1) await makeResource("driver", place);
    for (let index = 0; index < 3; index += 1)
      await makeResource("interpreter", { ...place, languages: ["de", language] });
    const lines = [part("transfer_arrival"), part("interpreter")];
    const cases = await makeMany(24, clinic, lines);

    const answers = await Promise.all(cases.map((one) => hold(one, { language })));

    const won = answers.flatMap((one) => (one.ok ? [one.value] : []));
    const reasons = answers.flatMap((one) => (one.ok ? [] : [one.reason]));
    expect(won).toHaveLength(3);
    expect(new Set(reasons)).toEqual(new Set(["interpreter_taken"]));
    expect((await slotNow(clinic.slots[0]?.id)).taken).toBe(3);
    for (const booking of won) expect(await liveClaims(booking.id)).toBe(3);
    const bookings = await asPerson(testSystem, (tx) => tx.booking.count({ where: { clinicId: clinic.id } }));
    expect(bookings).toBe(3);
    expect(await overlaps()).toBe(0);
  });

  it("loses nothing when neighbours on different days want the same people", async () => {
    const place = newCity();
    const clinic = await makeClinic({ ...place, capacity: 9 });
    for (let index = 0; index < 4; index += 1) await makeResource("driver", place);
    const lines = [part("transfer_arrival"), part("transfer_return")];
    const cases = await makeMany(20, clinic, lines);

    const answers = await Promise.all(
      cases.map((one, index) => hold(one, { slotId: clinic.slots[index % 5]?.id })),
    );

    // Four cars, five days: every day asks for four rides out, and every day gets them.
    expect(answers.filter((one) => one.ok)).toHaveLength(20);
    expect(await overlaps()).toBe(0);
  });

  it("gives each driver to one of those who land at the same hour for different days", async () => {
    const place = newCity();
    const clinic = await makeClinic({ ...place, capacity: 9 });
    for (let index = 0; index < 4; index += 1) await makeResource("driver", place);
    const cases = await makeMany(30, clinic, [part("transfer_arrival")]);
    const arrivalOn = addDays(dayOf(clinic.slots[0]?.on ?? new Date()), -1);

    const answers = await Promise.all(
      cases.map((one, index) => hold(one, { slotId: clinic.slots[index % 5]?.id, arrivalOn })),
    );

    const won = answers.flatMap((one) => (one.ok ? [one.value] : []));
    expect(won).toHaveLength(4);
    expect(new Set(won.map((one) => one.transfers[0]?.resourceId)).size).toBe(4);
    for (const booking of won) expect(await liveClaims(booking.id)).toBe(1);
    expect(new Set(answers.flatMap((one) => (one.ok ? [] : [one.reason])))).toEqual(
      new Set(["driver_taken"]),
    );
    const taken = await openDb().procedureSlot.aggregate({
      where: { clinicId: clinic.id },
      _sum: { taken: true },
    });
    expect(taken._sum.taken).toBe(4);
    expect(await overlaps()).toBe(0);
  });
});

describe("the route under the same storm", () => {
  it("answers one with 201, the others with slot_taken, and nobody with an error", async () => {
    const clinic = await makeClinic();
    const cases = await makeMany(200, clinic);
    const tokens = cases.map(() => newToken("vlv_"));
    await openDb().apiToken.createMany({
      data: cases.map(({ patient }, index) => ({
        ...{ personId: patient.personId, name: "storm", scopes: ["all"] },
        tokenHash: sha256(tokens[index] ?? ""),
      })),
    });
    const slotId = clinic.slots[0]?.id;

    const answers = await Promise.all(
      cases.map(({ estimateId }, index) =>
        call(postBooking, { token: tokens[index] ?? "", body: { estimateId, slotId, services: [] } }),
      ),
    );

    const counts: Record<string, number> = {};
    for (const { status, body } of answers) {
      const key = `${status} ${(body as { code?: string }).code ?? "held"}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    expect(counts).toEqual({ "201 held": 1, "409 slot_taken": 199 });
  });
});

async function overlaps(): Promise<number> {
  const [row] = await openDb().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM "Claim" a JOIN "Claim" b ON a."resourceId" = b."resourceId" AND a.id < b.id
     WHERE a.state IN ('held', 'booked') AND b.state IN ('held', 'booked')
       AND tstzrange(a."startsAt", a."endsAt") && tstzrange(b."startsAt", b."endsAt")`;
  return row?.count ?? -1;
}
