import { describe, expect, it } from "vitest";
import { openDb } from "@/lib/infra/db";
import { journeyOf } from "@/lib/desk/queries/journey";
import { editTransfer } from "@/lib/logistics/edit-transfer";
import { moveTransfer } from "@/lib/logistics/move-transfer";
import { newId } from "@/lib/kernel/ids";
import { makeHold, onlyTreatment } from "../../support/bookings";
import { makeResource } from "../../support/clinics";
import { line, makeAcceptedCase } from "../../support/estimates";

const now = new Date();
let cities = 0;

async function makeTrip() {
  cities += 1;
  const place = { city: `Harbour ${process.pid} ${Date.now()} ${cities}`, country: "DE" };
  const lines = [...onlyTreatment, line("transfer_arrival", 1)];
  const accepted = await makeAcceptedCase({ clinicWish: place, lines, country: "US" });
  const driver = await makeResource("driver", place);
  const booking = await makeHold(accepted);
  const [ride] = booking.transfers;
  if (!ride) throw new Error("The trip has no ride.");
  return { ...accepted, place, driver, booking, ride };
}

const rideOf = async (trip: Awaited<ReturnType<typeof makeTrip>>) => {
  const { bookings } = await journeyOf(trip.owner, trip.caseId);
  return bookings[0]?.rides.find((ride) => ride.row.id === trip.ride.id);
};

describe("the journey of a case on the desk", () => {
  it("proposes who fits: the free ones first, nobody of another city, nobody without signed terms", async () => {
    const trip = await makeTrip();
    const spare = await makeResource("driver", trip.place);
    const stranger = await makeResource("driver", { city: "Elsewhere", country: "DE" });
    await makeResource("driver", { ...trip.place, withoutTerms: true });
    const { pickupAt } = trip.ride;
    await openDb().claim.create({
      data: {
        ...{ id: newId(), resourceId: spare.id, purpose: "leave", state: "booked" },
        startsAt: pickupAt,
        endsAt: new Date(pickupAt.getTime() + 3_600_000),
      },
    });
    const found = (await rideOf(trip))?.candidates ?? [];
    expect(found.map(({ person, isFree }) => [person.id, isFree])).toEqual([
      [trip.driver.id, true],
      [spare.id, false],
    ]);
    expect(found.map(({ person }) => person.id)).not.toContain(stranger.id);
  });

  it("names the driver once assigned, and proposes nobody for a ride that is under way", async () => {
    const trip = await makeTrip();
    for (const word of ["assign", "wait"]) await moveTransfer(trip.owner, trip.ride.id, word, {}, now);
    const ride = await rideOf(trip);
    expect(ride).toMatchObject({ driver: { id: trip.driver.id }, candidates: [] });
  });

  it("empties a flight that was crossed out", async () => {
    const trip = await makeTrip();
    await editTransfer(trip.owner, trip.ride.id, { flight: "LH 123" });
    expect(await editTransfer(trip.owner, trip.ride.id, { flight: null })).toMatchObject({
      value: { flight: null },
    });
  });

  it("is empty for a case without a booking and for no case", async () => {
    const { owner } = await makeTrip();
    expect(await journeyOf(owner, newId())).toMatchObject({ bookings: [], visas: [], country: null });
  });
});
