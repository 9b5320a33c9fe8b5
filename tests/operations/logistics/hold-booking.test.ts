import { describe, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { holdBookingForm } from "@/lib/logistics/forms";
import { holdBooking } from "@/lib/logistics/hold-booking";
import { makeClinic, makeResource } from "../../support/clinics";
import { type AcceptedCase, line, makeAcceptedCase } from "../../support/estimates";
import { makePatient, testSystem } from "../../support/people";

let cities = 0;
/** A city of its own, so that interpreters and drivers of other tests are never in reach. */
async function newCity(): Promise<string> {
  cities += 1;
  return `City ${process.pid}-${Date.now()}-${cities}`;
}

function wish(accepted: AcceptedCase, more: Record<string, unknown> = {}) {
  return holdBookingForm.parse({
    estimateId: accepted.estimate.id,
    slotId: accepted.clinic.slots[0]?.id,
    services: [],
    ...more,
  });
}

const idOf = (accepted: AcceptedCase, kind: string) =>
  accepted.estimate.lines.find((one) => one.kind === kind)?.id;
const now = new Date();

const onlyTreatment = [line("treatment", 3_000_000, { contract: "A" }), line("operator_fee", 200_000)];

describe("holding a booking", () => {
  it("keeps the day, the driver and the interpreter and plans the money", async () => {
    const city = await newCity();
    const accepted = await makeAcceptedCase({ clinicWish: { city } });
    await makeResource("driver", { city });
    await makeResource("interpreter", { city });
    const services = [idOf(accepted, "interpreter"), idOf(accepted, "transfer_return")];

    const held = await holdBooking(accepted.patient, wish(accepted, { services, flight: "LH 631" }), now);

    if (!held.ok) throw new Error(held.reason);
    expect(held.value.state).toBe("held");
    expect(held.value.transfers.map((ride) => ride.direction)).toEqual(["arrival", "return"]);
    expect(held.value.interpreters.map((talk) => talk.purpose)).toEqual(["consent_talk", "discharge_talk"]);
    expect(held.value.contracts.map((contract) => contract.kind)).toEqual(["A", "B"]);
    const planned = held.value.planItems.reduce((sum, item) => sum + item.amountMinor, 0n);
    expect(planned).toBe(3_284_000n);
    // A fifth of 2,840 EUR and a tenth of 30,000 EUR.
    expect(held.value.planItems[0]).toMatchObject({
      kind: "deposit",
      amountMinor: 356_800n,
      contractAMinor: 300_000n,
    });
    const slot = await openDb().procedureSlot.findUnique({ where: { id: held.value.slotId } });
    expect(slot?.taken).toBe(1);
    const audit = await openDb().auditEvent.findMany({ where: { objectId: held.value.id } });
    expect(audit.map((row) => row.event)).toEqual(["booking.held"]);
  });

  it("gives one place to one of 60 patients who ask at once", async () => {
    const clinic = await makeClinic({ city: await newCity() });
    const cases: AcceptedCase[] = [];
    for (let index = 0; index < 60; index += 1)
      cases.push(await makeAcceptedCase({ clinic, lines: onlyTreatment }));

    const answers = await Promise.all(cases.map((one) => holdBooking(one.patient, wish(one), new Date())));

    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(new Set(answers.flatMap((answer) => (answer.ok ? [] : [answer.reason])))).toEqual(
      new Set(["slot_taken"]),
    );
    const slot = await openDb().procedureSlot.findUnique({ where: { id: clinic.slots[0]?.id ?? "" } });
    expect(slot).toMatchObject({ taken: 1, capacity: 1 });
  });
});

void asPerson;
void makePatient;
void testSystem;
