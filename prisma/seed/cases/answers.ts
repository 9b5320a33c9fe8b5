import { giveConsentForm } from "@/lib/cases/forms";
import { giveConsent } from "@/lib/cases/give-consent";
import { askMoreInfo } from "@/lib/reviews/ask-more-info";
import { countersignReview } from "@/lib/reviews/countersign-review";
import { decideReview } from "@/lib/reviews/decide-review";
import { declineReview } from "@/lib/reviews/decline-review";
import {
  askMoreInfoForm,
  decideReviewForm,
  declineReviewForm,
  requestReviewsForm,
} from "@/lib/reviews/forms";
import { openReview } from "@/lib/reviews/open-review";
import { readReview } from "@/lib/reviews/read-review";
import { requestReviews } from "@/lib/reviews/request-reviews";
import { openRecord } from "@/lib/records/open-record";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import type { ClinicTeam } from "./cast";
import { opinionOf } from "./opinion";
import type { Ask } from "./plot";
import { orderSecond } from "./second";
import type { Story } from "./story";

/**
 * The patient agrees centre by centre, pays for what is sold, and the coordinator asks them. Answers the review of each
 * centre, and the second opinions that were paid.
 */
export async function askCentres(story: Story): Promise<{ reviews: Map<string, string>; seconds: string[] }> {
  const { plot, patient, owner, caseId } = story;
  const slugs = (plot.asks ?? []).map((ask) => ask.clinic);
  for (const clinic of slugs) {
    const form = giveConsentForm.parse({ clinic, textVersion: "1", language: "en" });
    await story.step(story.part(0.22), () => giveConsent(patient, caseId, form));
  }
  const seconds: string[] = [];
  for (const { clinic, paid } of plot.asks ?? []) if (paid) seconds.push(await orderSecond(story, clinic));
  const form = requestReviewsForm.parse({ clinics: slugs });
  const reviews = await story.step(story.part(0.28), (now) => requestReviews(owner, caseId, form, now));
  return { reviews: new Map(reviews.map((review) => [review.clinic.slug, review.id])), seconds };
}

/** Each centre does what its part of the plot says, the first one first. */
export async function answerAsks(story: Story, reviews: ReadonlyMap<string, string>): Promise<void> {
  for (const [index, ask] of (story.plot.asks ?? []).entries()) {
    const id = reviews.get(ask.clinic);
    if (!id) throw new Error(`${ask.clinic} was not asked.`);
    await answer(story, { ask, id, daysAgo: story.part(0.38 + index * 0.05) });
  }
}

interface Answering {
  ask: Ask;
  id: string;
  daysAgo: number;
}

async function answer(story: Story, { ask, id, daysAgo }: Answering): Promise<void> {
  const { does } = ask;
  if (does === "nothing") return;
  const team = story.cast.team(ask.clinic);
  if (does === "decline") {
    const form = declineReviewForm.parse({ reason: ask.why });
    await story.step(daysAgo, (now) => declineReview(team.reviewer, id, form, now));
    return;
  }
  await look(story, team, id, daysAgo);
  if (does === "open") return;
  if (does === "ask_more") {
    const form = askMoreInfoForm.parse({ requests: [{ item: ask.item, reason: ask.why }] });
    await story.step(daysAgo - 0.15, (now) => askMoreInfo(team.reviewer, id, form, now));
    return;
  }
  const form = decideReviewForm.parse(opinionOf(story, ask, team));
  await story.step(daysAgo - 0.2, (now) => decideReview(team.reviewer, id, form, now));
  if (does === "sign") return;
  await story.do(daysAgo - 0.3, () => readReview(team.surgeon, id));
  await story.step(daysAgo - 0.32, (now) => countersignReview(team.surgeon, id, now));
}

/** A doctor opens the question and two of the papers; both stand in the patient's log. */
async function look(story: Story, { reviewer }: ClinicTeam, id: string, daysAgo: number): Promise<void> {
  await story.step(daysAgo, (now) => openReview(reviewer, id, now));
  const papers = await asPerson(systemActor("demo"), (tx) =>
    tx.record.findMany({
      where: { caseId: story.caseId, state: "accepted" },
      orderBy: { createdAt: "asc" },
      take: 2,
      select: { id: true },
    }),
  );
  for (const paper of papers) {
    await story.step(daysAgo - 0.02, (now) => openRecord(reviewer, paper.id, null, now));
  }
}
