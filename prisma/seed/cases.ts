import { asPerson, openDb } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { closeUploadLocks } from "@/lib/infra/upload-lock";
import { sweepCases } from "@/lib/reviews/sweep-cases";
import type { PlacedClinic } from "./clinics";
import { findCast } from "./cases/cast";
import { changeTrips } from "./cases/changes";
import { tellStories } from "./cases/clock";
import { ageAccounts, beginCase } from "./cases/intake";
import { play } from "./cases/play";
import type { Plot } from "./cases/plot";
import { ASKING_PLOTS } from "./cases/plots/asking";
import { BOOKED_PLOTS } from "./cases/plots/booked";
import { CHOOSING_PLOTS } from "./cases/plots/choosing";
import { EARLY_PLOTS } from "./cases/plots/early";
import { ENDED_PLOTS } from "./cases/plots/ended";
import { GATHERING_PLOTS } from "./cases/plots/gathering";
import { TRAVELLED_PLOTS } from "./cases/plots/travelled";
import { WAITING_PLOTS } from "./cases/plots/waiting";
import { Story } from "./cases/story";
import { openADay } from "./cases/waits";
import { moveByItself } from "./movements";
import { fillLineTemplates } from "./templates";

export const PLOTS: readonly Plot[] = [
  ...EARLY_PLOTS,
  ...GATHERING_PLOTS,
  ...ASKING_PLOTS,
  ...CHOOSING_PLOTS,
  ...BOOKED_PLOTS,
  ...WAITING_PLOTS,
  ...TRAVELLED_PLOTS,
  ...ENDED_PLOTS,
];

/** Enough to use the waits for the disk of one story for the others. */
const TOLD_AT_ONCE = 5;

/** The second part of the demo world: cases in every stage, made by the product's own verbs. */
export async function fillCases(clinics: readonly PlacedClinic[], now: Date): Promise<void> {
  if ((await asPerson(systemActor("demo"), (tx) => tx.case.count())) > 0) return;
  await ageAccounts(now);
  const cast = await findCast(PLOTS, clinics, now);
  const stories = PLOTS.toSorted((one, other) => other.started - one.started).map(
    (plot) => new Story(plot, cast, clinics, now),
  );
  try {
    await tellStories(async () => {
      for (const story of stories) await beginCase(story);
      const waiting = [...stories];
      await Promise.all(Array.from({ length: TOLD_AT_ONCE }, () => tellAll(waiting)));
      await moveByItself(cast, now);
      await changeTrips(stories);
      await fillLineTemplates(cast, now);
    });
  } finally {
    await closeUploadLocks();
  }
  const [first] = WAITING_PLOTS;
  if (first?.waits) await openADay(first.waits, first.treatment, cast, now);
  await sweepCases(now);
  await dropWork();
}

async function tellAll(waiting: Story[]): Promise<void> {
  for (let story = waiting.shift(); story; story = waiting.shift()) await play(story);
}

/**
 * Mails of the story were read long ago: they fill the local mailbox and never reach a real post office. Files were
 * checked when they came, bills were followed, and fees went their way. The papers are left to the worker.
 */
async function dropWork(): Promise<void> {
  await openDb()
    .$executeRaw`UPDATE "OutboxMail" SET state = 'sent', "sentAt" = "createdAt" WHERE state = 'waiting'`;
  await openDb()
    .$executeRaw`DELETE FROM pgboss.job WHERE name IN ('mail.send', 'record.check', 'refund.send', 'bill.follow', 'opinion.settle')`;
}
