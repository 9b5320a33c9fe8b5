import { type Outcome, done } from "@/lib/kernel/outcome";
import { addHours } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { postMessageForm } from "@/lib/messages/forms";
import { postMessage } from "@/lib/messages/post-message";
import { messagesOfCase } from "@/lib/messages/queries";
import type { MessageFacts } from "@/lib/messages/views";
import type { Talk } from "./plot";
import type { Story } from "./story";

/** What was written in the case, oldest first. */
export async function talkOver(story: Story): Promise<void> {
  const talks = (story.plot.talks ?? []).toSorted((one, other) => other.ago - one.ago);
  for (const talk of talks) await story.aside(talk.ago, (now) => say(story, talk, now));
  const last = talks.at(-1)?.ago ?? story.plot.started;
  if (last > UNREAD_DAYS) await story.aside(last * 0.9, (now) => readAll(story, now));
}

/** What is older than this has been read by everybody it was written to. */
const UNREAD_DAYS = 1.5;

async function readAll(story: Story, now: Date): Promise<Outcome<null>> {
  const { caseId, cast, patient, owner, plot } = story;
  const talks = plot.talks ?? [];
  const clinics = talks.flatMap(({ from, clinic }) =>
    from === "reviewer" || from === "to_centre" ? [clinic ?? plot.asks?.[0]?.clinic ?? ""] : [],
  );
  const readers = [patient, owner, cast.companion, ...clinics.map((clinic) => cast.team(clinic).reviewer)];
  // Who has no door into the case any more, or never had one, finds nothing to read.
  for (const reader of readers) await messagesOfCase(reader, caseId, { limit: 50 }, now);
  return done(null);
}

function say(story: Story, talk: Talk, now: Date): Promise<Outcome<MessageFacts>> {
  const { caseId, cast, patient, owner } = story;
  const clinic = talk.clinic ?? story.plot.asks?.[0]?.clinic ?? "";
  const form = (audience: string, more: object = {}) =>
    postMessageForm.parse({ body: talk.text, audience, ...more });
  switch (talk.from) {
    case "patient":
      return postMessage(patient, caseId, form("patient"), now);
    case "companion":
      return postMessage(cast.companion, caseId, form("patient"), now);
    case "coordinator":
      return postMessage(owner, caseId, form("patient"), now);
    case "internal":
      return postMessage(owner, caseId, form("internal"), now);
    case "to_centre":
      return postMessage(owner, caseId, form("centre", { clinic }), now);
    case "reviewer":
      return postMessage(cast.team(clinic).reviewer, caseId, form("centre"), now);
  }
}

/** Something its owner wrote down to do by a time; hours count from now, and one that is over is late. */
export async function writeTasks(story: Story): Promise<void> {
  const { plot, owner, caseId, now } = story;
  for (const { title, inHours } of plot.tasks ?? []) {
    await story.do(Math.min(1, plot.started * 0.1), () =>
      asPerson(systemActor("demo"), (tx) =>
        tx.task.createMany({
          data: [
            {
              ...{ id: newId(), caseId, kind: "note", title },
              ...{ ownerKind: "coordinator", ownerId: owner.personId, dueAt: addHours(now, inHours) },
            },
          ],
        }),
      ),
    );
  }
}
