import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "@/lib/kernel/day";
import { atHour, needsOf, tripOf } from "@/lib/logistics/care-plan";

const berlin = { treatmentOn: "2027-03-29", stayDays: 5, zone: "Europe/Berlin" };

function trip(wish: Parameters<typeof tripOf>[0]) {
  const found = tripOf(wish);
  if (!found.ok) throw new Error(found.reason);
  return found.value;
}

describe("the hours of a trip", () => {
  it("are those on the clinic's wall, also across a change of clocks", () => {
    const { windows } = trip(berlin);
    // Clocks went forward on 28 March 2027: the day before treatment is already summer time.
    expect(windows.arrival.startsAt.toISOString()).toBe("2027-03-28T10:00:00.000Z");
    expect(windows.consent_talk.startsAt.toISOString()).toBe("2027-03-28T12:00:00.000Z");
    expect(windows.return.startsAt.toISOString()).toBe("2027-04-03T08:00:00.000Z");
    expect(windows.discharge_talk.startsAt.toISOString()).toBe("2027-04-02T08:00:00.000Z");
    const winter = trip({ ...berlin, treatmentOn: "2027-03-28" });
    expect(winter.windows.arrival.startsAt.toISOString()).toBe("2027-03-27T11:00:00.000Z");
  });

  it("skip the hour that does not exist", () => {
    expect(atHour("2027-03-28", 2, "Europe/Berlin").toISOString()).toBe("2027-03-28T01:00:00.000Z");
    expect(atHour("2027-03-28", 12, "Asia/Shanghai").toISOString()).toBe("2027-03-28T04:00:00.000Z");
  });

  it("begin at the landing when it is known, on the day it is there", () => {
    const arrivalAt = new Date("2027-03-27T23:30:00Z");
    const found = trip({ ...berlin, arrivalAt });
    expect(found.arrivalOn).toBe("2027-03-28");
    expect(found.windows.arrival).toEqual({ startsAt: arrivalAt, endsAt: new Date("2027-03-28T02:30:00Z") });
  });

  it("refuse an arrival after the treatment and a return before it", () => {
    expect(tripOf({ ...berlin, arrivalOn: "2027-03-30" })).toMatchObject({ reason: "invalid_arrival" });
    expect(tripOf({ ...berlin, arrivalOn: "2026-12-30" })).toMatchObject({ reason: "invalid_arrival" });
    expect(tripOf({ ...berlin, returnOn: "2027-03-29" })).toMatchObject({ reason: "invalid_return" });
    expect(tripOf({ ...berlin, returnOn: "2028-03-29" })).toMatchObject({ reason: "invalid_return" });
  });

  it("last what they last in every zone and never let two talks meet", () => {
    const zones = fc.constantFrom(
      "Europe/Berlin",
      "Asia/Shanghai",
      "America/New_York",
      "Pacific/Auckland",
      "Asia/Kolkata",
    );
    fc.assert(
      fc.property(zones, fc.nat(700), fc.integer({ min: 1, max: 40 }), (zone, offset, stayDays) => {
        const { windows } = trip({ treatmentOn: addDays("2027-01-01", offset), stayDays, zone });
        const hours = (one: { startsAt: Date; endsAt: Date }) =>
          (one.endsAt.getTime() - one.startsAt.getTime()) / 3_600_000;
        expect(Object.values(windows).map(hours)).toEqual([3, 3, 2, 3]);
        expect(windows.consent_talk.endsAt < windows.discharge_talk.startsAt).toBe(true);
        expect(windows.arrival.endsAt < windows.return.startsAt).toBe(true);
      }),
    );
  });
});

describe("who is needed", () => {
  const facts = {
    trip: trip(berlin),
    place: { country: "DE", city: "Cologne" },
    clinicLanguages: ["de", "en"],
    patientLanguage: "ar",
    gender: "female",
    passengers: 2,
    wheelchair: true,
    stretcher: false,
    oxygen: false,
  };
  let id = 0;
  const newId = () => String((id += 1));

  it("is nobody without a ride or an interpreter among the lines", () => {
    expect(needsOf({ ...facts, kinds: ["treatment", "operator_fee"] }, newId)).toEqual([]);
  });

  it("is one driver a ride and one interpreter a talk", () => {
    const needs = needsOf(
      { ...facts, kinds: ["transfer_arrival", "transfer_return", "interpreter", "interpreter"] },
      newId,
    );
    expect(needs.map((need) => [need.purpose, need.kind])).toEqual([
      ["arrival", "driver"],
      ["return", "driver"],
      ["consent_talk", "interpreter"],
      ["discharge_talk", "interpreter"],
    ]);
    for (const need of ["stretcher", "oxygen"])
      expect(needsOf({ ...facts, [need]: true, kinds: ["transfer_arrival"] }, newId)).toMatchObject([
        { kind: "ambulance" },
      ]);
    expect(needs[0]).toMatchObject({
      seats: 2,
      wheelchair: true,
      languages: [],
      gender: null,
      anywhere: false,
    });
    expect(needs[2]).toMatchObject({
      languages: ["ar"],
      oneOf: ["de", "en"],
      gender: "female",
      anywhere: true,
    });
  });
});
