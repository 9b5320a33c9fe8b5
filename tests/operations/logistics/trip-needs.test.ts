import { describe, expect, it } from "vitest";
import { addDays, dayOf } from "@/lib/kernel/day";
import { makeHold, onlyTreatment } from "../../support/bookings";
import { makeResource } from "../../support/clinics";
import { line, makeAcceptedCase } from "../../support/estimates";
import { hold, newCity } from "../../support/holds";

async function makeRider() {
  const place = newCity();
  const lines = [...onlyTreatment, line("transfer_arrival", 9_500)];
  return { place, accepted: await makeAcceptedCase({ clinicWish: place, lines }) };
}

describe("what a trip needs", () => {
  it("keeps a patient who lies down or needs oxygen from a car, and in one for the sick", async () => {
    const { place, accepted } = await makeRider();
    await makeResource("driver", { ...place, wheelchair: true });
    for (const need of ["stretcher", "oxygen"])
      expect(await hold(accepted, { [need]: true })).toMatchObject({ reason: "ambulance_taken" });
    const ambulance = await makeResource("ambulance", place);
    const held = await makeHold(accepted, { stretcher: true });
    expect(held.transfers).toMatchObject([{ stretcher: true, resourceId: ambulance.id }]);
  });

  it("gives a wheelchair a car with a ramp or none", async () => {
    const { place, accepted } = await makeRider();
    await makeResource("driver", place);
    expect(await hold(accepted, { wheelchair: true })).toMatchObject({ reason: "driver_taken" });
    const ramp = await makeResource("driver", { ...place, wheelchair: true });
    const held = await makeHold(accepted, { wheelchair: true });
    expect(held.transfers).toMatchObject([{ wheelchair: true, resourceId: ramp.id }]);
  });

  it("sends the driver to the landing, by the clock of the place", async () => {
    const { place, accepted } = await makeRider();
    await makeResource("driver", place);
    const arrivalOn = addDays(dayOf(accepted.clinic.slots[0]?.on ?? new Date()), -2);
    const held = await makeHold(accepted, { arrivalOn, arrivalTime: "21:35", flight: "LH 631" });
    const pickup = held.transfers[0]?.pickupAt ?? new Date(0);
    const wall = new Intl.DateTimeFormat("sv-SE", {
      ...{ dateStyle: "short", timeStyle: "short", timeZone: "Europe/Berlin" },
    } as const);
    expect(wall.format(pickup)).toBe(`${arrivalOn} 21:35`);
    expect(held.transfers).toMatchObject([{ flight: "LH 631" }]);
  });
});
