import { describe, expect, it } from "vitest";
import { openDb } from "@/lib/infra/db";
import { editTransfer } from "@/lib/logistics/edit-transfer";
import { moveAssignment } from "@/lib/logistics/move-assignment";
import { moveTransfer } from "@/lib/logistics/move-transfer";
import { makeHold, onlyTreatment } from "../../support/bookings";
import { makeResource } from "../../support/clinics";
import { line, makeAcceptedCase } from "../../support/estimates";
import { newCity, newLanguage } from "../../support/holds";
import { valueOf } from "../../support/outcomes";

const now = new Date();

async function makeTrip() {
  const place = newCity();
  const language = newLanguage();
  const lines = [...onlyTreatment, line("transfer_arrival", 1), line("interpreter", 1)];
  const accepted = await makeAcceptedCase({ clinicWish: place, lines });
  const driver = await makeResource("driver", place);
  const woman = { ...place, languages: ["de", language], gender: "female" };
  await makeResource("interpreter", woman);
  const booking = await makeHold(accepted, { language, interpreterGender: "female" });
  const [ride] = booking.transfers;
  const [talk] = booking.interpreters;
  if (!ride || !talk) throw new Error("The trip is not whole.");
  return { ...accepted, place, language, woman, driver, booking, ride, talk };
}

describe("who serves a trip", () => {
  it("is an interpreter of both languages, of the wished gender and of the country, whatever is asked", async () => {
    const { owner, place, language, woman, talk } = await makeTrip();
    const offer = async (wish: Parameters<typeof makeResource>[1]) => {
      const { id: resourceId } = await makeResource("interpreter", wish);
      return moveAssignment(owner, talk.id, "offer", { resourceId }, now);
    };
    const refusal = (lacking: string) => ({ reason: "resource_unfit", detail: { lacking } });
    expect(await offer({ ...woman, languages: ["de", "en"] })).toMatchObject(refusal("languages"));
    expect(await offer({ ...place, languages: ["de", language], gender: "male" })).toMatchObject(
      refusal("gender"),
    );
    expect(await offer({ ...woman, country: "FR" })).toMatchObject(refusal("place"));
    expect(await offer({ ...woman, city: "Elsewhere" })).toMatchObject({ ok: true });
  });

  it("is a driver of the city with seats and ramp enough, for a new one and for who stands there", async () => {
    const { owner, place, driver, ride } = await makeTrip();
    valueOf(await editTransfer(owner, ride.id, { passengers: 3 }));
    const other = await makeResource("driver", { ...place, city: "Elsewhere" });
    expect(await moveTransfer(owner, ride.id, "assign", { resourceId: other.id }, now)).toMatchObject({
      detail: { lacking: "place" },
    });
    const edited = valueOf(await editTransfer(owner, ride.id, { wheelchair: true, passengers: 3 }));
    expect(edited).toMatchObject({ resourceId: null, claimId: null, wheelchair: true });
    const free = { resourceId: driver.id, bookingId: ride.bookingId };
    expect(await openDb().claim.count({ where: { ...free, state: { in: ["held", "booked"] } } })).toBe(0);
    expect(await moveTransfer(owner, ride.id, "assign", { resourceId: driver.id }, now)).toMatchObject({
      reason: "resource_unfit",
      detail: { lacking: "wheelchair" },
    });
    const ramp = await makeResource("driver", { ...place, wheelchair: true });
    valueOf(await moveTransfer(owner, ride.id, "assign", { resourceId: ramp.id }, now));
    expect(await editTransfer(owner, ride.id, { passengers: 5 })).toMatchObject({ reason: "resource_unfit" });
    expect(await editTransfer(owner, ride.id, { oxygen: true })).toMatchObject({ reason: "resource_unfit" });
    expect(await editTransfer(owner, ride.id, { wheelchair: false, passengers: 2 })).toMatchObject({
      value: { resourceId: ramp.id },
    });
  });
});
