import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { isCurrency } from "@/lib/kernel/money";
import { writeAudit } from "@/lib/audit/write-audit";
import { CONTRACT_VERSION } from "@/lib/bookings/contract-text";
import { moveCase, noteCaseEvent, setNextStep } from "@/lib/cases/move-case";
import { sha256 } from "@/lib/infra/hash";
import { notify } from "@/lib/infra/events";
import type { Tx } from "@/lib/infra/db";
import { papersOf } from "./booking-parts";
import type { Need } from "./care-plan";
import type { BookingPlan } from "./build-booking";

export interface HeldParts {
  number: string;
  holdExpiresAt: Date;
  claims: { claimId: string; resourceId: string }[];
}

/** Writes what belongs to a hold the database has just given: services, contracts, payment plan, rides, talks, medicines. */
export async function writeBooking(
  tx: Tx,
  patient: Patient,
  plan: BookingPlan,
  held: HeldParts,
  now: Date,
): Promise<void> {
  await writeServices(tx, plan);
  await writePapers(tx, patient, plan, held, now);
  await writeRides(tx, plan, held);
  await writeTalks(tx, plan, held);
  await writeShipment(tx, plan);
  const { id: caseId, stage } = plan.taken;
  const next = { waitingOn: "patient" as const, nextAction: "sign_contracts", nextDueAt: held.holdExpiresAt };
  if (stage === "choosing") {
    const moved = await moveCase(tx, patient, { caseId, to: "contracting", from: ["choosing"], next }, now);
    if (!moved.ok) throw new Error("The case left its stage while it was locked.");
  } else {
    await setNextStep(tx, caseId, next, now);
  }
  await noteCaseEvent(tx, patient, { caseId, kind: "booking_held" });
  const facts = { number: held.number };
  await writeAudit(tx, patient, "booking.held", { caseId, objectType: "booking", objectId: plan.id, facts });
  await notify(tx, { kind: "booking", caseId, bookingId: plan.id });
}

async function writeServices(tx: Tx, plan: BookingPlan): Promise<void> {
  await tx.bookingService.createMany({
    data: plan.lines.map((line) => ({
      id: newId(),
      bookingId: plan.id,
      caseId: plan.taken.id,
      lineId: line.id,
      kind: line.kind,
      amountMinor: line.expectedMinor,
    })),
  });
}

async function writePapers(
  tx: Tx,
  patient: Patient,
  plan: BookingPlan,
  held: HeldParts,
  now: Date,
): Promise<void> {
  const { estimate, slot, taken } = plan;
  if (!isCurrency(estimate.currency)) throw new Error("The estimate's currency is unknown.");
  const papers = papersOf({
    lines: plan.lines,
    currency: estimate.currency,
    exclusions: estimate.exclusions,
    estimateHash: estimate.hash ?? "",
    treatment: slot.treatment,
    treatmentOn: dayOf(slot.on),
    depositDueOn: dayOf(held.holdExpiresAt),
    patientName: taken.contactName ?? patient.name,
    bookingNumber: held.number,
    clinic: slot.clinic,
  });
  const owner = { bookingId: plan.id, caseId: taken.id };
  await tx.contract.createMany({
    data: papers.contracts.map(({ kind, text }) => ({
      id: newId(),
      ...owner,
      kind,
      text,
      textHash: sha256(text),
      textVersion: CONTRACT_VERSION,
      language: "en",
      issuedAt: now,
    })),
  });
  await tx.planItem.createMany({
    data: papers.plan.map(({ dueOn, ...item }, index) => ({
      id: newId(),
      ...owner,
      ...item,
      position: index + 1,
      currency: estimate.currency,
      dueOn: dateOf(dueOn),
    })),
  });
}

function resourceOf(held: HeldParts, need: Need): string | null {
  return held.claims.find((claim) => claim.claimId === need.claimId)?.resourceId ?? null;
}

async function writeRides(tx: Tx, plan: BookingPlan, held: HeldParts): Promise<void> {
  const { form, slot } = plan;
  const { flight, passengers, wheelchair, stretcher, oxygen } = form;
  const clinicDoor = `${slot.clinic.name}, ${slot.clinic.address}, ${slot.clinic.city}`;
  const airport = `${slot.clinic.city} airport`;
  await tx.transfer.createMany({
    data: plan.needs
      .filter((need) => need.kind === "driver")
      .map((need) => ({
        id: newId(),
        bookingId: plan.id,
        caseId: plan.taken.id,
        direction: need.purpose,
        resourceId: resourceOf(held, need),
        claimId: need.claimId,
        flight: need.purpose === "arrival" ? (flight ?? null) : null,
        timeZone: slot.clinic.timeZone,
        ...{ passengers, wheelchair, stretcher, oxygen },
        pickupPlace: need.purpose === "arrival" ? airport : clinicDoor,
        dropPlace: need.purpose === "arrival" ? clinicDoor : airport,
        pickupAt: need.startsAt,
      })),
  });
}

async function writeTalks(tx: Tx, plan: BookingPlan, held: HeldParts): Promise<void> {
  const { form, slot, language } = plan;
  await tx.interpreterAssignment.createMany({
    data: plan.needs
      .filter((need) => need.kind === "interpreter")
      .map((need) => ({
        id: newId(),
        bookingId: plan.id,
        caseId: plan.taken.id,
        resourceId: resourceOf(held, need),
        claimId: need.claimId,
        fromLang: language,
        toLang: need.oneOf[0] ?? language,
        purpose: need.purpose,
        genderWish: form.interpreterGender ?? null,
        place: `${slot.clinic.name}, ${slot.clinic.address}, ${slot.clinic.city}`,
        timeZone: slot.clinic.timeZone,
        startsAt: need.startsAt,
        endsAt: need.endsAt,
      })),
  });
}

async function writeShipment(tx: Tx, plan: BookingPlan): Promise<void> {
  if (!plan.supply) return;
  const { mode, decision } = plan.supply;
  const items = plan.form.medicines.map(({ inn, strength, quantity, perDay, class: kind }) => ({
    ...{ inn, strength, quantity, perDay },
    ...(kind ? { class: kind } : {}),
  }));
  await tx.shipment.createMany({
    data: [
      {
        id: newId(),
        bookingId: plan.id,
        caseId: plan.taken.id,
        // Nothing to judge yet without a prescription: the rules run again when the items are known.
        state: items.length > 0 ? "cleared" : "draft",
        mode,
        destination: plan.taken.country ?? "ZZ",
        items,
        ruleId: decision.ruleId,
        ruleVersion: decision.ruleVersion,
        papers: decision.papers,
      },
    ],
  });
}
