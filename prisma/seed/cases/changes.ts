import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import type { Outcome } from "@/lib/kernel/outcome";
import { acceptChange } from "@/lib/payments/accept-change-order";
import { acceptChangeForm, proposeChangeForm } from "@/lib/payments/forms";
import { proposeChange } from "@/lib/payments/propose-change-order";
import { at } from "./clock";
import type { Change } from "./plot";
import type { Story } from "./story";
import { bookingNow } from "./trips";

const DAY = 86_400_000;

/**
 * Changes of what is booked, told last and dated by their stories. How long one may be answered is counted by the database,
 * which knows no story: the days begin as the demo does. The centre's waits for its patient; ours was agreed to.
 */
export async function changeTrips(stories: readonly Story[]): Promise<void> {
  for (const story of stories) if (story.plot.trip?.change) await changeTrip(story, story.plot.trip.change);
}

async function changeTrip({ plot, cast, caseId, owner, patient, now }: Story, change: Change): Promise<void> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY);
  const { kind, contract, reason, explanation, addedMinor, quantity, unit, cause } = change;
  const { id } = await asPerson(systemActor("demo"), (tx) =>
    tx.booking.findFirstOrThrow({ where: { caseId }, select: { id: true } }),
  );
  const service = (await bookingNow(id)).services.find((one) => one.kind === kind);
  if (!service) throw new Error(`${plot.key} has booked no ${kind}.`);
  const amount = Number(service.amountMinor) + addedMinor;
  const form = proposeChangeForm.parse({
    ...{ bookingId: id, contract, reason, explanation },
    lines: [{ lineId: service.lineId, quantity, unit, amount, cause }],
  });
  const author = contract === "A" ? cast.team(plot.trip?.clinic ?? "").manager : owner;
  const order = await at(daysAgo(change.ago), async () =>
    must(await proposeChange(author, form, new Date()), plot.key),
  );
  if (!change.agreed) return;
  const answer = acceptChangeForm.parse({ hash: order.hash, typedName: plot.name });
  await at(daysAgo(change.ago - 1), async () =>
    must(await acceptChange(patient, order.id, answer, new Date()), plot.key),
  );
}

function must<T>(outcome: Outcome<T>, key: string): T {
  if (!outcome.ok) throw new Error(`${key}: ${outcome.reason} ${JSON.stringify(outcome.detail)}`);
  return outcome.value;
}
