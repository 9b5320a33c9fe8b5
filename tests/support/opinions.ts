import { newId } from "@/lib/kernel/ids";
import type { CaseStage } from "@/lib/cases/case";
import { asPerson, openDb } from "@/lib/infra/db";
import { startOpinionCheckout } from "@/lib/payments/start-checkout";
import { checklistFor } from "@/lib/records/checklist";
import { askOpinion } from "@/lib/reviews/ask-opinion";
import { countersignReview } from "@/lib/reviews/countersign-review";
import { decideReview } from "@/lib/reviews/decide-review";
import { decideReviewForm } from "@/lib/reviews/forms";
import { openReview } from "@/lib/reviews/open-review";
import { OPINION_SETTING } from "@/lib/reviews/opinion";
import { requestReviews } from "@/lib/reviews/request-reviews";
import { makeCase } from "./cases";
import { makeClinic } from "./clinics";
import type { Provider } from "./payments";
import { makeCoordinator, makePatient, makeReviewer, testSystem } from "./people";
import { valueOf } from "./outcomes";

export const FEE_MINOR = 35_000;

/** Sets what these centres take, beside what is set already. */
export async function offerOpinions(fees: Record<string, number>, answerDays = 10): Promise<void> {
  const set = await openDb().setting.findUnique({ where: { key: OPINION_SETTING } });
  const before = (set?.value ?? {}) as { fees?: Record<string, number> };
  const value = { currency: "EUR", answerDays, fees: { ...before.fees, ...fees } };
  const row = { value, changedById: (await makeCoordinator()).personId, changedAt: new Date() };
  await openDb().setting.upsert({
    where: { key: OPINION_SETTING },
    create: { key: OPINION_SETTING, ...row },
    update: row,
  });
}

export interface OpinionWish {
  stage?: CaseStage;
  withoutConsent?: boolean;
  contractAMode?: "direct" | "held_by_operator";
}

/** A case whose records are complete, and a centre it is open to that takes a fee for a second opinion. */
export async function makeOffered(wish: OpinionWish = {}) {
  const patient = await makePatient();
  const owner = await makeCoordinator();
  const clinic = await makeClinic({ contractAMode: wish.contractAMode ?? "held_by_operator" });
  await offerOpinions({ [clinic.slug]: FEE_MINOR });
  const { id: caseId } = await makeCase({ patient, owner, stage: wish.stage ?? "collecting_records" });
  const closed = { status: "waived", reason: "Test", closedById: owner.personId } as const;
  const lines = checklistFor("teer").map((rule, position) => ({ ...rule, position, caseId, ...closed }));
  const consentId = newId();
  await asPerson(testSystem, async (tx) => {
    await tx.checklistItem.createMany({ data: lines });
    if (wish.withoutConsent) return;
    const share = { purpose: "share_with_clinic", textVersion: "1", language: "en" } as const;
    await tx.consent.create({
      data: { id: consentId, caseId, clinicId: clinic.id, country: clinic.country, ...share },
    });
  });
  return { patient, owner, clinic, caseId, consentId };
}

export const orderOf = (slug: string) => ({
  clinic: slug,
  fee: { amountMinor: BigInt(FEE_MINOR), currency: "EUR" as const },
});

export async function makeOrdered(wish: OpinionWish = {}, now = new Date()) {
  const made = await makeOffered(wish);
  const { id } = valueOf(await askOpinion(made.patient, made.caseId, orderOf(made.clinic.slug), now));
  return { ...made, opinionId: id };
}

/** An order whose payment page is open and not paid. */
export async function makeOpened(now = new Date()) {
  const made = await makeOrdered({}, now);
  const page = valueOf(await startOpinionCheckout(made.patient, made.opinionId, now));
  return { ...made, url: page.url, paymentId: page.paymentId };
}

export async function makePaidOpinion(provider: Provider) {
  const made = await makeOpened();
  await provider.pay(made.url);
  await provider.work();
  return made;
}

/** The owner asks the centre, one of its doctors answers; another one still has to sign. */
export async function answerOnce(made: Awaited<ReturnType<typeof makePaidOpinion>>, now = new Date()) {
  const [review] = valueOf(
    await requestReviews(made.owner, made.caseId, { clinics: [made.clinic.slug] }, now),
  );
  const id = review?.id ?? "";
  const first = await makeReviewer(made.clinic.id);
  await openReview(first, id, now);
  const form = decideReviewForm.parse({ verdict: "not_eligible", reason: "Medicines first." });
  valueOf(await decideReview(first, id, form, now));
  return { id, first };
}

export async function answerTwice(made: Awaited<ReturnType<typeof makePaidOpinion>>, now = new Date()) {
  const { id } = await answerOnce(made, now);
  const second = await makeReviewer(made.clinic.id, "Dr. Sven Surgeon");
  valueOf(await countersignReview(second, id, now));
  return id;
}

export const opinionNow = (id: string) =>
  asPerson(testSystem, (tx) => tx.secondOpinion.findUniqueOrThrow({ where: { id } }));

/** What every account holds of one opinion. */
export async function bookedFor(opinionId: string): Promise<Record<string, bigint>> {
  const entries = await openDb().ledgerEntry.findMany({ where: { tx: { opinionId } } });
  const sums: Record<string, bigint> = {};
  for (const { account, amountMinor } of entries) sums[account] = (sums[account] ?? 0n) + amountMinor;
  return Object.fromEntries(Object.entries(sums).filter(([, minor]) => minor !== 0n));
}
