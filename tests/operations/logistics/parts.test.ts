import { describe, expect, it } from "vitest";
import { addHours } from "@/lib/kernel/day";
import { asPerson, openDb } from "@/lib/infra/db";
import { createShipment } from "@/lib/logistics/create-shipment";
import { createTransfer } from "@/lib/logistics/create-transfer";
import { createVisa } from "@/lib/logistics/create-visa";
import { editAssignment } from "@/lib/logistics/edit-assignment";
import { editShipment } from "@/lib/logistics/edit-shipment";
import { editTransfer } from "@/lib/logistics/edit-transfer";
import { createShipmentForm, createTransferForm } from "@/lib/logistics/forms";
import { ASSIGNMENT_STATES } from "@/lib/logistics/interpreter-assignment";
import { moveAssignment } from "@/lib/logistics/move-assignment";
import { moveShipment } from "@/lib/logistics/move-shipment";
import { moveTransfer } from "@/lib/logistics/move-transfer";
import { moveVisa } from "@/lib/logistics/move-visa";
import {
  assignmentsFor,
  shipmentsFor,
  transferFor,
  transfersFor,
  visaFor,
  visasFor,
} from "@/lib/logistics/queries";
import { readSupplierJob, reportSupplierJob } from "@/lib/logistics/read-supplier-job";
import { SHIPMENT_STATES } from "@/lib/logistics/shipment";
import { TRANSFER_STATES } from "@/lib/logistics/transfer";
import { VISA_STATES } from "@/lib/logistics/visa";
import { bookingNow, makeHold, onlyTreatment } from "../../support/bookings";
import { makeClinic, makeResource } from "../../support/clinics";
import { line, makeAcceptedCase } from "../../support/estimates";
import { newCity, newLanguage } from "../../support/holds";
import { makeManager, makePatient, testSystem } from "../../support/people";

const now = new Date();
const list = { limit: 50 };

function value<T>(outcome: { ok: true; value: T } | { ok: false; reason: string }): T {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

async function makeTrip() {
  const place = newCity();
  const lines = [
    ...onlyTreatment,
    line("transfer_arrival", 1),
    line("interpreter", 1),
    line("medicine_supply", 1),
  ];
  const language = newLanguage();
  const accepted = await makeAcceptedCase({ clinicWish: place, lines, country: "US" });
  const driver = await makeResource("driver", place);
  const interpreter = await makeResource("interpreter", { ...place, languages: ["de", language] });
  const booking = await makeHold(accepted, { language });
  const [ride] = booking.transfers;
  const [talk] = booking.interpreters;
  const [parcel] = booking.shipments;
  if (!ride || !talk || !parcel) throw new Error("The trip is not whole.");
  return { ...accepted, place, driver, interpreter, booking, ride, talk, parcel };
}

describe("a ride", () => {
  it("goes from the desk to the driver's link and is proof of delivery at its end", async () => {
    const { owner, ride, booking } = await makeTrip();
    const assigned = value(await moveTransfer(owner, ride.id, "assign", {}, now));
    expect(assigned.row.state).toBe("assigned");
    const token = assigned.linkToken ?? "";

    const job = await readSupplierJob(token, now);
    expect(job).toMatchObject({
      kind: "transfer",
      firstName: "Anna",
      events: ["wait", "pick_up"],
      appointment: null,
    });
    expect(JSON.stringify(job)).not.toMatch(/Petrova|valve|teer/i);

    expect(await reportSupplierJob(token, "finish", {}, now)).toMatchObject({ reason: "illegal_transition" });
    expect(await reportSupplierJob(token, "assign", {}, now)).toMatchObject({ reason: "forbidden" });
    for (const word of ["driver_waiting", "picked_up", "done"])
      value(await reportSupplierJob(token, word, {}, now));
    const service = (await bookingNow(booking.id)).services.find((one) => one.kind === "transfer_arrival");
    expect(service?.deliveredAt).not.toBeNull();
    expect(await readSupplierJob(`${token}x`, now)).toBeNull();
    expect(await readSupplierJob(token, addHours(ride.pickupAt, 48))).toBeNull();
    const audit = await openDb().auditEvent.findMany({
      where: { objectId: ride.id, event: "supplier_link.viewed" },
    });
    expect(audit).toHaveLength(1);
  });

  it("takes another driver only when that one is free, and lets the first one go", async () => {
    const { owner, ride, driver, interpreter, place, booking } = await makeTrip();
    const spare = await makeResource("driver", place);
    const form = createTransferForm.parse({
      bookingId: booking.id,
      direction: "arrival",
      pickupAt: ride.pickupAt.toISOString(),
      pickupPlace: "Airport",
      dropPlace: "Hotel",
    });
    const extra = value(await createTransfer(owner, form));
    expect(await moveTransfer(owner, extra.id, "assign", { resourceId: driver.id }, now)).toMatchObject({
      reason: "resource_busy",
    });
    expect(await moveTransfer(owner, extra.id, "assign", { resourceId: interpreter.id }, now)).toMatchObject({
      reason: "invalid_resource",
    });
    const unsworn = await makeResource("driver", { ...place, withoutTerms: true });
    expect(await moveTransfer(owner, extra.id, "assign", { resourceId: unsworn.id }, now)).toMatchObject({
      reason: "terms_missing",
    });
    const both = await Promise.all(
      [ride.id, extra.id].map((id) => moveTransfer(owner, id, "assign", { resourceId: spare.id }, now)),
    );
    expect(both.map((one) => one.ok || one.reason).toSorted()).toEqual(["resource_busy", true].toSorted());
    const claims = await openDb().claim.findMany({
      where: { bookingId: booking.id, resourceId: spare.id, state: "held" },
    });
    expect(claims).toHaveLength(1);
    value(await moveTransfer(owner, extra.id, "cancel", {}, now));
  });

  it("is corrected until the patient sits in the car, and hidden from strangers", async () => {
    const { owner, patient, ride, clinic } = await makeTrip();
    expect(value(await editTransfer(owner, ride.id, { flight: "TK 1672" })).flight).toBe("TK 1672");
    expect((await transfersFor(patient, list, TRANSFER_STATES)).items.map((one) => one.id)).toEqual([
      ride.id,
    ]);
    expect((await transfersFor(await makeManager(clinic.id), list, TRANSFER_STATES)).items).toHaveLength(1);
    expect((await transfersFor(await makePatient(), list, TRANSFER_STATES)).items).toEqual([]);
    expect(await transferFor(await makePatient(), ride.id)).toBeNull();
    expect(await transferFor(await makeManager((await makeClinic()).id), ride.id)).toBeNull();
    for (const word of ["assign", "pick_up"]) value(await moveTransfer(owner, ride.id, word, {}, now));
    expect(await editTransfer(owner, ride.id, { flight: "TK 1" })).toMatchObject({
      reason: "illegal_transition",
    });
    expect(await moveTransfer(owner, ride.id, "fly", {}, now)).toMatchObject({ reason: "not_found" });
  });
});

describe("a consent talk", () => {
  it("is closed by the desk with minutes and the patient's word, never by the interpreter alone", async () => {
    const { owner, talk, patient } = await makeTrip();
    const offered = value(await moveAssignment(owner, talk.id, "offer", {}, now));
    const token = offered.linkToken ?? "";
    expect(await readSupplierJob(token, now)).toMatchObject({
      kind: "interpreter",
      firstName: "Anna",
      appointment: "consent_talk",
    });
    value(await reportSupplierJob(token, "confirm", {}, now));
    value(await reportSupplierJob(token, "start", {}, now));
    const alone = await reportSupplierJob(token, "finish", { minutes: 60, understood: true }, now);
    expect(alone).toMatchObject({ reason: "consent_talk_open" });
    value(await editAssignment(owner, talk.id, { minutes: 55 }));
    expect(await moveAssignment(owner, talk.id, "finish", {}, now)).toMatchObject({
      reason: "consent_talk_open",
    });
    const finished = value(await moveAssignment(owner, talk.id, "finish", { understood: true }, now));
    expect(finished.row).toMatchObject({ state: "done", minutes: 55, understood: true });
    expect((await assignmentsFor(patient, { ...list, state: "done" }, ASSIGNMENT_STATES)).items).toHaveLength(
      1,
    );
    expect((await assignmentsFor(await makePatient(), list, ASSIGNMENT_STATES)).items).toEqual([]);
  });

  it("still takes place when its interpreter is replaced", async () => {
    const { owner, talk, booking, place } = await makeTrip();
    value(await moveAssignment(owner, talk.id, "replace", {}, now));
    const after = (await bookingNow(booking.id)).interpreters.filter((one) => one.purpose === "consent_talk");
    expect(after.map((one) => one.state).toSorted()).toEqual(["replaced", "requested"]);
    const fresh = after.find((one) => one.state === "requested");
    const other = await makeResource("interpreter", {
      ...place,
      languages: [talk.fromLang, talk.toLang],
    });
    const offered = await moveAssignment(owner, fresh?.id ?? "", "offer", { resourceId: other.id }, now);
    expect(value(offered).row.resourceId).toBe(other.id);
  });
});

describe("medicines", () => {
  const items = [{ inn: "apixaban", strength: "5 mg", quantity: 60, perDay: 2 }];

  it("are checked, packed by a pharmacy and followed to the door", async () => {
    const { owner, parcel, booking, patient } = await makeTrip();
    value(await editShipment(owner, parcel.id, { mode: "post", items }));
    expect(await moveShipment(owner, parcel.id, "pack", {}, now)).toMatchObject({
      reason: "illegal_transition",
    });
    expect(value(await moveShipment(owner, parcel.id, "check", {}, now))).toMatchObject({
      state: "cleared",
      ruleId: "us",
    });
    expect(await moveShipment(owner, parcel.id, "pack", {}, now)).toMatchObject({
      reason: "pharmacy_missing",
    });
    const pharmacy = await openDb().supplier.create({
      data: { kind: "pharmacy", name: "Apotheke", country: "DE", city: "Cologne" },
    });
    const retired = await openDb().supplier.create({
      data: { kind: "pharmacy", name: "Apotheke", country: "DE", city: "Cologne", retiredAt: now },
    });
    const chosen = await editShipment(owner, parcel.id, { supplierId: retired.id });
    expect(chosen).toMatchObject({ ok: false, reason: "invalid_supplier" });
    value(await editShipment(owner, parcel.id, { supplierId: pharmacy.id }));
    await openDb().supplier.update({ where: { id: pharmacy.id }, data: { retiredAt: now } });
    value(await editShipment(owner, parcel.id, { supplierId: pharmacy.id, carrier: "DHL" }));
    for (const word of ["pack", "dispatch", "customs", "deliver"])
      value(await moveShipment(owner, parcel.id, word, {}, now));
    const service = (await bookingNow(booking.id)).services.find((one) => one.kind === "medicine_supply");
    expect(service?.deliveredAt).not.toBeNull();
    expect((await shipmentsFor(patient, list, SHIPMENT_STATES)).items).toHaveLength(1);
    expect((await shipmentsFor(await makePatient(), list, SHIPMENT_STATES)).items).toEqual([]);
  });

  it("stay where they are when the trip is called off or the patient has died", async () => {
    const { owner, parcel, booking } = await makeTrip();
    value(await editShipment(owner, parcel.id, { mode: "carry", items }));
    value(await moveShipment(owner, parcel.id, "check", {}, now));
    const move = (stage: "preparing" | "deceased") =>
      asPerson(testSystem, (tx) => tx.case.updateMany({ where: { id: booking.caseId }, data: { stage } }));
    await move("deceased");
    expect(await moveShipment(owner, parcel.id, "pack", {}, now)).toMatchObject({
      reason: "booking_cancelled",
    });
    await move("preparing");
    value(await moveShipment(owner, parcel.id, "pack", {}, now));
    await asPerson(testSystem, (tx) =>
      tx.booking.updateMany({
        where: { id: booking.id },
        data: { state: "cancelled", cancelledAt: now, cancelCause: "hold_expired" },
      }),
    );
    expect(await moveShipment(owner, parcel.id, "dispatch", {}, now)).toMatchObject({
      reason: "booking_cancelled",
    });
  });

  it("are blocked by the rules before anything is packed", async () => {
    const { owner, parcel, booking } = await makeTrip();
    const strong = [{ inn: "tramadol", strength: "50 mg", quantity: 10, perDay: 2 }];
    value(await editShipment(owner, parcel.id, { mode: "post", items: strong }));
    const checked = value(await moveShipment(owner, parcel.id, "check", {}, now));
    expect(checked).toMatchObject({ state: "blocked", blockReason: "controlled_substance" });
    const form = createShipmentForm.parse({ bookingId: booking.id, mode: "post", items: strong });
    expect(await createShipment(owner, form, now)).toMatchObject({ reason: "supply_blocked" });
  });
});

describe("a visa", () => {
  it("goes its way and is shown to its patient only", async () => {
    const { owner, patient, caseId, booking, clinic } = await makeTrip();
    const visa = value(await createVisa(owner, { caseId, bookingId: booking.id, country: "DE" }));
    expect(await moveVisa(owner, visa.id, "grant", {}, now)).toMatchObject({ reason: "illegal_transition" });
    for (const word of ["issue_letter", "apply", "granted"])
      value(await moveVisa(owner, visa.id, word, {}, now));
    expect(await visaFor(patient, visa.id)).toMatchObject({ state: "granted" });
    expect((await visasFor(await makePatient(), list, VISA_STATES)).items).toEqual([]);
    expect(await visaFor(await makeManager(clinic.id), visa.id)).toBeNull();
    expect(await createVisa(owner, { caseId: booking.id, country: "DE" })).toMatchObject({
      reason: "not_found",
    });
  });
});
