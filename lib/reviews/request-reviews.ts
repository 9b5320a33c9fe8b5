import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { announceToClinic } from "@/lib/cases/announce-news";
import { type CaseStage, stagesBefore } from "@/lib/cases/case";
import { moveCase, noteCaseEvent } from "@/lib/cases/move-case";
import { lockedCase } from "@/lib/cases/queries";
import { asPerson, type Tx } from "@/lib/infra/db";
import { openRequiredItems } from "@/lib/records/queries";
import type { RequestReviewsForm } from "./forms";
import { reviewsInside } from "./queries";
import { dueAtOf } from "./review";
import type { ReviewFacts } from "./views/review";

type Refusal =
  | "not_found"
  | "forbidden"
  | "illegal_transition"
  | "invalid_clinic"
  | "no_consent"
  | "records_missing"
  | "already_requested"
  | "opinion_unpaid";

/**
 * Asks centres whether and how they would treat. Only centres the patient consented to, and only when what the first
 * answer needs is there. From here on these centres may open the case.
 */
export async function requestReviews(
  coordinator: Coordinator,
  caseId: string,
  form: RequestReviewsForm,
  now: Date,
): Promise<Outcome<ReviewFacts[], Refusal>> {
  return asPerson(coordinator, async (tx) => {
    const found = await lockedCase(tx, coordinator, caseId);
    if (!found) return refused("not_found");
    if (found.ownerId !== coordinator.personId) return refused("forbidden");
    const allowed: readonly CaseStage[] = ["with_centres", ...stagesBefore("with_centres")];
    if (!allowed.includes(found.stage))
      return refused("illegal_transition", { from: found.stage, to: "with_centres" });
    const clinics = await clinicsNamed(tx, form.clinics);
    if (!clinics.ok) return clinics;
    const obstacle =
      (await unpaidOpinions(tx, caseId, clinics.value)) ?? (await obstacleTo(tx, caseId, clinics.value));
    if (obstacle) return obstacle;
    const ids = await createReviews(tx, coordinator, caseId, clinics.value, now);
    if (found.stage !== "with_centres") {
      const moved = await moveCase(tx, coordinator, { caseId, to: "with_centres" }, now);
      if (!moved.ok) return moved;
    }
    return done(await reviewsInside(tx, coordinator, { id: { in: ids } }));
  });
}

interface NamedClinic {
  id: string;
  slug: string;
}

async function clinicsNamed(
  tx: Tx,
  slugs: readonly string[],
): Promise<Outcome<NamedClinic[], "invalid_clinic">> {
  const clinics = await tx.clinic.findMany({
    where: { slug: { in: [...slugs] }, publishedAt: { not: null } },
    select: { id: true, slug: true },
  });
  const unknown = slugs.filter((slug) => !clinics.some((clinic) => clinic.slug === slug));
  return unknown.length > 0
    ? refused("invalid_clinic", { path: "clinics", clinics: unknown.join(", ") })
    : done(clinics);
}

async function unpaidOpinions(tx: Tx, caseId: string, clinics: readonly NamedClinic[]) {
  const unpaid = await tx.secondOpinion.findMany({
    where: { caseId, clinicId: { in: clinics.map((clinic) => clinic.id) }, state: "awaiting_payment" },
    select: { clinic: { select: { slug: true } } },
  });
  const slugs = unpaid.map((opinion) => opinion.clinic.slug);
  return slugs.length > 0 ? refused("opinion_unpaid", { clinics: slugs.join(", ") }) : null;
}

/** Why these centres cannot be asked about this case now; null when they can. */
export async function obstacleTo(tx: Tx, caseId: string, clinics: readonly NamedClinic[]) {
  const ids = clinics.map((clinic) => clinic.id);
  const slugsWithout = (found: readonly { clinicId: string | null }[]) =>
    clinics.filter((clinic) => !found.some((row) => row.clinicId === clinic.id)).map((clinic) => clinic.slug);
  const consents = await tx.consent.findMany({
    where: { caseId, clinicId: { in: ids }, withdrawnAt: null },
    select: { clinicId: true },
  });
  const unconsented = slugsWithout(consents);
  if (unconsented.length > 0) return refused("no_consent", { clinics: unconsented.join(", ") });
  const missing = await openRequiredItems(tx, caseId);
  if (missing.length > 0) return refused("records_missing", { items: missing.join(", ") });
  const live = await tx.review.findMany({
    where: { caseId, clinicId: { in: ids }, state: { in: ["requested", "opened", "more_info", "decided"] } },
    select: { clinicId: true },
  });
  const fresh = slugsWithout(live);
  const asked = clinics.map((clinic) => clinic.slug).filter((slug) => !fresh.includes(slug));
  return asked.length > 0 ? refused("already_requested", { clinics: asked.join(", ") }) : null;
}

async function createReviews(
  tx: Tx,
  coordinator: Coordinator,
  caseId: string,
  clinics: readonly NamedClinic[],
  now: Date,
): Promise<string[]> {
  const ids: string[] = [];
  for (const clinic of clinics) {
    const earlier = await tx.review.count({ where: { caseId, clinicId: clinic.id } });
    const id = newId(now.getTime());
    ids.push(id);
    const asked = { requestedById: coordinator.personId, requestedAt: now, dueAt: dueAtOf(now) };
    await tx.review.createMany({ data: [{ id, caseId, clinicId: clinic.id, round: earlier + 1, ...asked }] });
    await openDoor(tx, caseId, clinic.id, now);
    // A second opinion that was paid is what this question is for.
    await tx.secondOpinion.updateMany({
      where: { caseId, clinicId: clinic.id, state: "paid", reviewId: null },
      data: { reviewId: id },
    });
    await noteCaseEvent(tx, coordinator, { caseId, kind: "review_requested", note: clinic.slug });
    await writeAudit(tx, coordinator, "review.requested", {
      caseId,
      objectType: "review",
      objectId: id,
      facts: { clinicId: clinic.id, round: earlier + 1 },
    });
    await announceToClinic(tx, clinic.id, "review_requested", `/reviews/${id}`);
  }
  return ids;
}

/** Row-level security lets the centre in by this row; a door closed before is opened again. */
async function openDoor(tx: Tx, caseId: string, clinicId: string, now: Date): Promise<void> {
  await tx.caseAccess.upsert({
    where: { caseId_clinicId: { caseId, clinicId } },
    create: { caseId, clinicId, scopes: ["clinic"], purpose: "review", grantedAt: now },
    update: { grantedAt: now, revokedAt: null, expiresAt: null },
  });
}
