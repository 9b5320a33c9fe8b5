import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { changeStage } from "@/lib/cases/change-stage";
import { daysBetween, dayOf } from "@/lib/kernel/day";
import { createVisa } from "@/lib/logistics/create-visa";
import { createVisaForm, logisticsEventForm } from "@/lib/logistics/forms";
import { moveAssignment } from "@/lib/logistics/move-assignment";
import { moveShipment } from "@/lib/logistics/move-shipment";
import { moveTransfer } from "@/lib/logistics/move-transfer";
import { moveVisa } from "@/lib/logistics/move-visa";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import { billTrip, endSettling } from "./bills";
import { clinicNamed } from "./cast";
import { markDeliveries } from "./deliveries";
import type { Plot } from "./plot";
import { passOn } from "./releases";
import type { Story } from "./story";
import { bookingNow, confirmedAgo, type Journey } from "./trips";

const ROAD: readonly Plot["stage"][] = [
  "preparing",
  "on_site",
  "treated",
  "discharged",
  "settling",
  "aftercare",
  "closed",
];
/** Days after treatment a stage begins. */
const BEGINS: Partial<Record<Plot["stage"], number>> = {
  on_site: -2,
  treated: 0.4,
  discharged: 5,
  settling: 7,
  aftercare: 21,
  closed: 372,
};
/** Days after the confirmed date: the letter, the application, the decision. */
const VISA_DAYS = [1, 4, 10];
const system = systemActor("demo");

/** From the confirmed date to where the plot stands today: papers, rides, talks, treatment, after-care. */
export async function travel(story: Story, journey: Journey): Promise<void> {
  const { plot } = story;
  const reached = ROAD.slice(0, ROAD.indexOf(plot.stage) + 1);
  const daysUntil = daysBetween(dayOf(story.now), journey.treatmentOn);
  await prepareVisa(story, journey);
  await markDeliveries(story, journey);
  if (journey.trip.until === "balanced") await assignPeople(story, journey, Math.max(1, 8 - daysUntil));
  for (const stage of reached) {
    const begins = BEGINS[stage];
    if (begins === undefined) continue;
    const daysAgo = Math.max(
      0.05,
      stage === "on_site" ? arrivedAgo(journey, daysUntil) : -daysUntil - begins,
    );
    if (stage === "on_site") await arrive(story, journey, daysAgo);
    if (stage === "discharged") await leaveClinic(story, journey, daysAgo);
    const isPaidElsewhere = plot.stage === "closed";
    if (stage === "aftercare" && isPaidElsewhere) await giveEverythingBack(story, journey, daysAgo + 5);
    if (stage === "aftercare" && !isPaidElsewhere) await endSettling(story, journey, daysAgo);
    else await enter(story, journey, stage, daysAgo);
    if (stage === "settling" && !isPaidElsewhere) await billTrip(story, journey, daysAgo - 2);
    if (stage === "aftercare") await passOn(story, journey, daysAgo - 1);
  }
}

function arrivedAgo({ trip }: Journey, daysUntil: number): number {
  return trip.arrivalOn === undefined ? 2 - daysUntil : -trip.arrivalOn;
}

/** Only the centre says that somebody was treated or discharged. */
async function enter(story: Story, { trip }: Journey, to: Plot["stage"], daysAgo: number): Promise<void> {
  const isClinic = to === "treated" || to === "discharged";
  const actor = isClinic ? story.cast.team(trip.clinic).manager : story.owner;
  await story.step(daysAgo, (now) => changeStage(actor, story.caseId, { to }, now));
}

async function prepareVisa(story: Story, { trip, bookingId }: Journey): Promise<void> {
  if (!trip.visa) return;
  const { owner, caseId, clinics } = story;
  const { country } = clinicNamed(clinics, trip.clinic).demo;
  const visa = await story.step(confirmedAgo(trip), () =>
    createVisa(owner, createVisaForm.parse({ caseId, bookingId, country })),
  );
  const way = { letter_issued: 1, applied: 2, granted: 3, refused: 3, preparing: 0 }[trip.visa];
  const words = ["issue_letter", "apply", trip.visa === "refused" ? "refuse" : "grant"].slice(0, way);
  for (const [index, word] of words.entries()) {
    const form = logisticsEventForm.parse({});
    await story.step(confirmedAgo(trip) - (VISA_DAYS[index] ?? 0), (now) =>
      moveVisa(owner, visa.id, word, form, now),
    );
  }
}

/** Drivers and interpreters were claimed with the hold; now they hear of it. */
async function assignPeople(story: Story, { bookingId }: Journey, daysAgo: number): Promise<void> {
  const { transfers, interpreters } = await bookingNow(bookingId);
  const form = logisticsEventForm.parse({});
  for (const ride of transfers) {
    await story.step(daysAgo, (now) => moveTransfer(story.owner, ride.id, "assign", form, now));
  }
  for (const talk of interpreters) {
    await story.step(daysAgo, (now) => moveAssignment(story.owner, talk.id, "offer", form, now));
    await story.step(daysAgo - 0.1, (now) => moveAssignment(story.owner, talk.id, "confirm", form, now));
  }
}

async function arrive(story: Story, journey: Journey, daysAgo: number): Promise<void> {
  await ride(story, journey, "arrival", daysAgo);
}

async function leaveClinic(story: Story, journey: Journey, daysAgo: number): Promise<void> {
  const talk = logisticsEventForm.parse({ minutes: 55, understood: true });
  for (const { id, state } of (await bookingNow(journey.bookingId)).interpreters) {
    if (state !== "confirmed") continue;
    await story.step(daysAgo + 0.3, (now) => moveAssignment(story.owner, id, "start", talk, now));
    await story.step(daysAgo + 0.25, (now) => moveAssignment(story.owner, id, "finish", talk, now));
  }
  await ride(story, journey, "return", daysAgo);
  await handOverMedicines(story, journey, daysAgo);
}

async function ride(story: Story, { bookingId }: Journey, direction: string, daysAgo: number): Promise<void> {
  const { transfers } = await bookingNow(bookingId);
  const found = transfers.find(
    (transfer) => transfer.direction === direction && transfer.state === "assigned",
  );
  if (!found) return;
  const form = logisticsEventForm.parse({});
  for (const word of ["wait", "pick_up", "finish"]) {
    await story.step(daysAgo, (now) => moveTransfer(story.owner, found.id, word, form, now));
  }
}

async function handOverMedicines(story: Story, { bookingId }: Journey, daysAgo: number): Promise<void> {
  const { shipments } = await bookingNow(bookingId);
  const form = logisticsEventForm.parse({});
  for (const { id, state } of shipments) {
    if (state !== "cleared") continue;
    await story.step(daysAgo, (now) => moveShipment(story.owner, id, "pack", form, now));
    await story.step(daysAgo, (now) => moveShipment(story.owner, id, "deliver", form, now));
  }
}

/** Somebody else paid the hospital in the end: what was paid here goes back, and nothing is held when the case closes. */
async function giveEverythingBack(story: Story, { bookingId }: Journey, daysAgo: number): Promise<void> {
  await waiveTheRest(bookingId);
  const { planItems } = await bookingNow(bookingId);
  const paid = planItems.reduce((sum, item) => sum + item.paidMinor, 0n);
  const form = proposeRefundForm.parse({ bookingId, cause: "goodwill", amount: Number(paid) });
  const refunds = await story.step(daysAgo, (now) => proposeRefund(story.owner, form, now));
  for (const { id } of refunds) {
    await story.step(daysAgo - 1, (now) => approveRefund(story.cast.finance, id, now));
    await story.step(daysAgo - 3, (now) => settleBankRefund(story.cast.finance, id, now));
  }
}

async function waiveTheRest(bookingId: string): Promise<void> {
  await asPerson(system, (tx) =>
    tx.planItem.updateMany({
      where: { bookingId, state: { in: ["planned", "due"] } },
      data: { state: "waived" },
    }),
  );
}
