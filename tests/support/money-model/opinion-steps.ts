import { addHours } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { asPerson } from "@/lib/infra/db";
import { cancelOpinion } from "@/lib/payments/cancel-opinion";
import { settleOpinion } from "@/lib/payments/settle-opinion";
import { startOpinionCheckout } from "@/lib/payments/start-checkout";
import { askOpinion } from "@/lib/reviews/ask-opinion";
import { countersignReview } from "@/lib/reviews/countersign-review";
import { decideReview } from "@/lib/reviews/decide-review";
import { declineReview } from "@/lib/reviews/decline-review";
import { declineReviewForm, decideReviewForm } from "@/lib/reviews/forms";
import { openReview } from "@/lib/reviews/open-review";
import { requestReviews } from "@/lib/reviews/request-reviews";
import { withdrawConsent } from "@/lib/reviews/withdraw-consent";
import { FEE_MINOR, orderOf } from "../opinions";
import { testSystem } from "../people";
import { askerOf, FEES } from "./askers";
import { opinionMoneySteps } from "./opinion-money-steps";
import type { Step } from "./steps";
import type { Thing, World } from "./world";

/** The patient lets the centre see the case, again where that had ended, and orders. */
async function order(world: World, dice: number) {
  const asker = world.people.askers[dice % world.people.askers.length];
  if (!asker) throw new Error("Nobody asks.");
  const { caseId } = asker;
  const clinicId = world.people.clinic.id;
  await asPerson(testSystem, async (tx) => {
    if (await tx.consent.count({ where: { caseId, clinicId, withdrawnAt: null } })) return;
    const share = { purpose: "share_with_clinic", textVersion: "1", language: "en", country: "DE" } as const;
    // Whoever is a moment quicker has given it.
    await tx.consent.createMany({
      data: [{ id: newId(), caseId, clinicId, ...share }],
      skipDuplicates: true,
    });
  });
  const fee = { amountMinor: BigInt(FEE_MINOR) + (dice % 13 === 0 ? 1n : 0n), currency: FEES.currency };
  return askOpinion(asker.patient, caseId, { ...orderOf(world.people.clinic.slug), fee }, world.now());
}

async function endConsent(world: World, { caseId }: Thing) {
  const clinicId = world.people.clinic.id;
  const given = await asPerson(testSystem, (tx) =>
    tx.consent.findFirst({ where: { caseId, clinicId, withdrawnAt: null }, select: { id: true } }),
  );
  return given && withdrawConsent(askerOf(world, caseId).patient, caseId, given.id, world.now());
}

const ask = (world: World, { caseId }: Thing) =>
  requestReviews(world.people.owner, caseId, { clinics: [world.people.clinic.slug] }, world.now());

/** The question that was put to the centre last. */
async function withReview(world: World, { caseId }: Thing, work: (id: string) => Promise<unknown>) {
  const { rows } = await world.owner.query<{ id: string }>(
    `SELECT id FROM "Review" WHERE "caseId" = $1 ORDER BY "requestedAt" DESC, id DESC LIMIT 1`,
    [caseId],
  );
  return rows[0] ? work(rows[0].id) : null;
}

const answer = (world: World, on: Thing) =>
  withReview(world, on, async (id) => {
    const [doctor] = world.people.doctors;
    await openReview(doctor, id, world.now());
    const form = decideReviewForm.parse({ verdict: "not_eligible", reason: "Medicines first." });
    return decideReview(doctor, id, form, world.now());
  });

const sign = (world: World, on: Thing) =>
  withReview(world, on, (id) => countersignReview(world.people.doctors[1], id, world.now()));

const decline = (world: World, on: Thing) =>
  withReview(world, on, (id) =>
    declineReview(world.people.doctors[0], id, declineReviewForm.parse({ reason: "Not ours." }), world.now()),
  );

export const opinionSteps: Record<string, Step> = {
  opinion_ordered: { about: null, weight: 4, run: (world, _on, dice) => order(world, dice) },
  opinion_page: {
    ...{ about: "opinion", weight: 6 },
    run: (world, on) => startOpinionCheckout(askerOf(world, on.caseId).patient, on.id, world.now()),
  },
  opinion_asked: { about: "opinion", weight: 4, run: ask },
  opinion_answered: { about: "opinion", weight: 4, run: answer },
  opinion_signed: { about: "opinion", weight: 4, run: sign },
  opinion_declined: { about: "opinion", weight: 1, run: decline },
  opinion_consent_ends: { about: "opinion", weight: 1, run: endConsent },
  opinion_called_off: {
    ...{ about: "opinion", weight: 1 },
    run: (world, on) => cancelOpinion(askerOf(world, on.caseId).patient, on.id, world.now()),
  },
  opinion_is_looked_at: {
    ...{ about: "opinion", weight: 3 },
    run: (world, on) => settleOpinion(testSystem, on.id, world.now()),
  },
  /** Its days go by for it alone: the dates of bookings are no further. */
  opinion_time_is_over: {
    ...{ about: "opinion", weight: 1 },
    run: (world, on) => settleOpinion(testSystem, on.id, addHours(world.now(), 30 * 24)),
  },
  ...opinionMoneySteps,
};
