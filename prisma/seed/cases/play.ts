import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { cancelBookingForm } from "@/lib/bookings/forms";
import { cancelCase } from "@/lib/cases/cancel-case";
import { changeStage } from "@/lib/cases/change-stage";
import { holdCase } from "@/lib/cases/hold-case";
import { addDays, addHours, dayOf } from "@/lib/kernel/day";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { bankTransferForm } from "@/lib/payments/forms";
import { proposeReturn } from "@/lib/payments/propose-return";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import type { EstimateFacts } from "@/lib/estimates/queries";
import { answerAsks, askCentres } from "./answers";
import { letCompanionIn, sendCase, takeStory } from "./intake";
import { travel } from "./journeys";
import { sendOffers } from "./offers";
import type { Plot, Trip } from "./plot";
import { gatherRecords, sendAsCompanion } from "./records";
import { callOffSecond, settleSeconds } from "./second";
import type { Story } from "./story";
import { talkOver, writeTasks } from "./talks";
import { bookingNow, bookTrip, type Journey } from "./trips";
import { waitForDay } from "./waits";

/** Tells one started case to where it stands today. */
export async function play(story: Story): Promise<void> {
  const { plot } = story;
  if (plot.stage === "draft") return;
  await sendCase(story);
  if (plot.stage === "submitted") return;
  await takeStory(story);
  if (plot.stage !== "triage") await seekAnswers(story);
  await talkOver(story);
  await writeTasks(story);
  if (plot.dueIn !== undefined) await setClock(story, plot.dueIn);
}

/** Whoever works on a case moves its clock along. */
async function setClock(story: Story, hours: number): Promise<void> {
  const { caseId, now } = story;
  await story.do(0.2, () =>
    asPerson(systemActor("demo"), (tx) =>
      tx.case.updateMany({ where: { id: caseId }, data: { nextDueAt: addHours(now, hours) } }),
    ),
  );
}

async function seekAnswers(story: Story): Promise<void> {
  const { plot } = story;
  await gatherRecords(story);
  if (plot.companion) await welcomeCompanion(story);
  if (plot.hold) await rest(story, plot.hold);
  if (plot.callsOff) await callOffSecond(story, plot.callsOff);
  if (plot.asks) {
    const { reviews, seconds } = await askCentres(story);
    await answerAsks(story, reviews);
    await settleSeconds(story, seconds);
    const offers = await sendOffers(story, reviews);
    if (plot.trip) await go(story, plot.trip, offers);
    const offer = plot.waits && offers.get(plot.waits.clinic);
    if (plot.waits && offer) await waitForDay(story, plot.waits, offer);
  }
  if (plot.ending) await end(story, plot.ending);
}

async function welcomeCompanion(story: Story): Promise<void> {
  await letCompanionIn(story, story.part(0.18));
  await sendAsCompanion(story, "letters", story.part(0.2));
}

async function rest(story: Story, hold: NonNullable<Plot["hold"]>): Promise<void> {
  const { owner, caseId, now } = story;
  const until = `${addDays(dayOf(now), hold.days)}T09:00:00Z`;
  await story.step(story.part(0.8), (then) => holdCase(owner, caseId, { reason: hold.reason, until }, then));
}

async function go(story: Story, trip: Trip, offers: ReadonlyMap<string, EstimateFacts>): Promise<void> {
  const offer = offers.get(trip.clinic);
  if (!offer) throw new Error(`${trip.clinic} made no offer.`);
  const journey = await bookTrip(story, trip, offer);
  if (trip.until === "confirmed" || trip.until === "balanced") await travel(story, journey);
  if (story.plot.strayTransfer) await sendTooLittle(story, journey);
  if (story.plot.stage === "cancelled") await giveUp(story, journey);
}

/** Fees of a bank ate some of it: the transfer fits no instalment and waits for somebody of finance. Another is for nobody here, and asked back. */
async function sendTooLittle(story: Story, { bookingId }: Journey): Promise<void> {
  const { number, planItems } = await bookingNow(bookingId);
  const [item] = planItems;
  if (!item) throw new Error("There is nothing to pay.");
  await story.step(0.2, (now) => {
    const amount = { amount: Number(item.amountMinor) - 2_500, currency: item.currency };
    const form = bankTransferForm.parse({ reference: `Deposit ${number}`, amount, receivedOn: dayOf(now) });
    return recordBankTransfer(story.cast.finance, form, now);
  });
  const { id: transferId } = await story.step(0.2, (now) => {
    const amount = { amount: 46_000, currency: item.currency };
    const form = bankTransferForm.parse({ reference: "Invoice 2291", amount, receivedOn: dayOf(now) });
    return recordBankTransfer(story.cast.finance, form, now);
  });
  const reason = "Meant for another company of this name; its payer asked for it back by phone.";
  await story.step(0.1, (now) => proposeReturn(story.cast.secondFinance, { transferId, reason }, now));
}

async function giveUp(story: Story, { bookingId }: Journey): Promise<void> {
  const { ending } = story.plot;
  if (!ending) throw new Error("Nobody says why this journey ended.");
  const form = cancelBookingForm.parse({ cause: ending.why, endCase: true });
  await story.step(ending.ago, (now) => cancelBooking(story.owner, bookingId, form, now));
}

/** Ways a case leaves the road. A booking that ends takes its case along, so that is done by then. */
async function end(story: Story, { ago, why }: NonNullable<Plot["ending"]>): Promise<void> {
  const { plot, patient, owner, caseId } = story;
  const { stage } = plot;
  if (plot.trip) return;
  if (stage === "cancelled") {
    await story.step(ago, (now) => cancelCase(patient, caseId, { cause: why }, now));
    return;
  }
  await story.step(ago, (now) => changeStage(owner, caseId, { to: stage, reason: why }, now));
}
