import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { setCapacity } from "@/lib/bookings/set-capacity";
import { acceptEstimate } from "@/lib/estimates/accept-estimate";
import type { EstimateFacts } from "@/lib/estimates/queries";
import { openDb } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { joinWaitingForm } from "@/lib/logistics/forms";
import { joinWaitingList } from "@/lib/logistics/join-waiting-list";
import { tidyWaiting } from "@/lib/logistics/tidy-waiting";
import { type Cast, clinicNamed } from "./cast";
import type { Wait } from "./plot";
import type { Story } from "./story";

const system = systemActor("demo");

/** Accepts the estimate, and waits for a day in weeks the centre has closed for us. */
export async function waitForDay(story: Story, waits: Wait, offer: EstimateFacts): Promise<void> {
  const { patient, plot, cast, clinics } = story;
  await story.step(-waits.acceptedOn, (now) =>
    acceptEstimate(patient, offer.id, { hash: offer.hash ?? "" }, now),
  );
  const { fromOn, toOn } = windowOf(waits, story.now);
  const { id: clinicId } = clinicNamed(clinics, waits.clinic);
  const days = await openDb().procedureSlot.findMany({
    where: { clinicId, treatment: plot.treatment, on: { gte: dateOf(fromOn), lte: dateOf(toOn) } },
    select: { on: true },
  });
  const closed = days.map(({ on }) => ({ treatment: plot.treatment, on: dayOf(on), capacity: 0 }));
  await story.step(waits.joinedAgo, (now) => setCapacity(cast.team(waits.clinic).manager, closed, now));
  const wish = { estimateId: offer.id, treatment: plot.treatment, reason: waits.reason, fromOn, toOn };
  await story.step(waits.joinedAgo, (now) => joinWaitingList(patient, joinWaitingForm.parse(wish), now));
}

/** The centre opens one of the closed days again: whoever joined first is offered it. */
export async function openADay(waits: Wait, treatment: string, cast: Cast, now: Date): Promise<void> {
  const { manager } = cast.team(waits.clinic);
  const { fromOn, toOn } = windowOf(waits, now);
  const day = await openDb().procedureSlot.findFirst({
    where: {
      ...{ clinicId: manager.clinicId, treatment, capacity: 0 },
      on: { gte: dateOf(fromOn), lte: dateOf(toOn) },
    },
    orderBy: { on: "asc" },
  });
  if (!day) throw new Error(`${waits.clinic} has closed no day.`);
  await setCapacity(manager, [{ treatment, on: dayOf(day.on), capacity: 1 }], now);
  await tidyWaiting(system, now);
}

function windowOf({ inDays, lastsDays }: Wait, now: Date) {
  const fromOn = addDays(dayOf(now), inDays);
  return { fromOn, toOn: addDays(fromOn, lastsDays) };
}
