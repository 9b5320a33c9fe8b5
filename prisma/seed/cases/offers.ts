import desk from "@/locales/en/desk.json";
import { addDays, dayOf } from "@/lib/kernel/day";
import { firstLines } from "@/lib/desk/first-lines";
import { estimateStart } from "@/lib/desk/queries/estimate";
import { minorOf } from "@/lib/kernel/typed-sum";
import { draftEstimate } from "@/lib/estimates/draft-estimate";
import { draftEstimateForm, rejectEstimateForm } from "@/lib/estimates/forms";
import { rejectEstimate } from "@/lib/estimates/reject-estimate";
import type { EstimateFacts } from "@/lib/estimates/queries";
import { sendEstimate } from "@/lib/estimates/send-estimate";
import type { Plot } from "./plot";
import type { Story } from "./story";

const VALID_DAYS = 28;
/** No part of the hospital's price; where the estimate offers it beside that price, it is not left out. */
const TAKE_HOME = "Medicines to take home";
const { causes, exclusion } = desk.builder;

/** An estimate for each centre that said yes, as the desk's own builder begins it. */
export async function sendOffers(
  story: Story,
  reviews: ReadonlyMap<string, string>,
): Promise<Map<string, EstimateFacts>> {
  const offers = new Map<string, EstimateFacts>();
  const positive = (story.plot.asks ?? []).filter(
    (ask) => ask.does === "answer" && ask.verdict.startsWith("eligible"),
  );
  for (const [index, { clinic }] of positive.entries()) {
    const reviewId = reviews.get(clinic);
    if (!reviewId) throw new Error(`${clinic} was not asked.`);
    offers.set(clinic, await sendOffer(story, reviewId, offeredAgo(story) - index * 0.3));
  }
  const { rejects } = story.plot;
  const unwanted = rejects ? offers.get(rejects) : undefined;
  if (unwanted) await rejectOffer(story, unwanted);
  return offers;
}

/** The builder takes a day or two; where a journey follows, the patient thinks it over for a week and a half. */
function offeredAgo(story: Story): number {
  return Math.min(story.part(0.56), story.part(1) + (story.plot.trip ? 11 : 14));
}

async function sendOffer(story: Story, reviewId: string, daysAgo: number): Promise<EstimateFacts> {
  const { owner, caseId } = story;
  const draft = await story.step(daysAgo, async (now) =>
    draftEstimate(owner, reviewId, await offerForm(story, caseId, reviewId, now), now),
  );
  return story.step(daysAgo - 0.03, (now) => sendEstimate(owner, draft.id, now));
}

async function offerForm({ owner, plot }: Story, caseId: string, reviewId: string, now: Date) {
  const start = await estimateStart(owner, caseId, reviewId);
  if (!start) throw new Error("This answer carries no estimate.");
  const currency = start.price?.currency ?? "EUR";
  const lines = firstLines(start.price, start, causes).map(({ mode, ...line }) => ({
    ...line,
    label: line.label || undefined,
    device: line.device || undefined,
    quantity: Number(line.quantity),
    low: minorOf(line.low || line.expected, currency),
    expected: minorOf(line.expected, currency),
    high: minorOf(line.high || line.expected, currency),
    ...(mode ? { options: { mode } } : {}),
  }));
  const isSupplied = lines.some(({ kind }) => kind === "medicine_supply");
  const excluded = start.excluded.filter((one) => !(isSupplied && one === TAKE_HOME));
  return draftEstimateForm.parse({
    ...{ currency, lines: [...lines, ...extraLines(plot, currency)] },
    validUntil: addDays(dayOf(now), VALID_DAYS),
    exclusions: [...excluded, exclusion.flight, exclusion.complication],
    assumptions: [
      "The pictures show what the examination on site will show.",
      "No infection, teeth without findings.",
    ],
  });
}

function extraLines({ key, extras = [] }: Plot, currency: string) {
  if (extras.length > 0 && currency !== "EUR") throw new Error(`${key} has extras in euro only.`);
  return extras.map(({ kind, euros, cause }) => {
    const sum = euros * 100;
    const sums = { low: sum, expected: sum, high: sum };
    return { ...sums, contract: "B", kind, quantity: 1, unit: "piece", cause, optional: true };
  });
}

async function rejectOffer(story: Story, offer: EstimateFacts): Promise<void> {
  const form = rejectEstimateForm.parse({ reason: "The other centre is closer to my family." });
  await story.step(story.part(0.7), (now) => rejectEstimate(story.patient, offer.id, form, now));
}
