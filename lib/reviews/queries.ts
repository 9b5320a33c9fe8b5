import "server-only";
import type { Actor, ClinicReviewer, SignedIn } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { casesOf } from "@/lib/cases/scope";
import { idOfCursor, type Page, pageOf } from "@/lib/cases/page";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { latestNumbers } from "@/lib/records/measurement";
import { measurementsInside } from "@/lib/records/queries";
import { LESIONS } from "./band";
import { AIDS_SETTING, areAidsOn } from "./clinical-aids";
import type { ReviewsQuery } from "./forms";
import { GUIDELINES } from "./guideline";
import { reviewsOf } from "./scope";
import { type Numbers, severityOf } from "./severity";
import { alertsOf } from "./severity-alert";
import type { ReviewFacts } from "./views/review";
import type { LesionSeverity } from "./views/severity";

const reviewSelect = {
  id: true,
  caseId: true,
  clinicId: true,
  round: true,
  state: true,
  verdict: true,
  reason: true,
  answer: true,
  conditions: true,
  requests: true,
  recordsSeen: true,
  firstSignerId: true,
  secondSignerId: true,
  declineReason: true,
  requestedAt: true,
  dueAt: true,
  openedAt: true,
  firstSignedAt: true,
  secondSignedAt: true,
  answerExpiresAt: true,
  endedAt: true,
  opinion: { select: { state: true, dueAt: true } },
  clinic: { select: { slug: true, name: true } },
  case: { select: { number: true, stage: true, treatment: true, urgent: true, ownerId: true } },
} satisfies Prisma.ReviewSelect;

/** One review inside an open transaction, with the names of its signers; null for a stranger. */
export async function reviewInside(tx: Tx, actor: Actor, id: string): Promise<ReviewFacts | null> {
  const found = await tx.review.findFirst({
    where: { AND: [{ id }, reviewsOf(actor)] },
    select: reviewSelect,
  });
  const [named] = found ? await withSigners(tx, [found]) : [];
  return named ?? null;
}

export function reviewForActor(actor: SignedIn, id: string): Promise<ReviewFacts | null> {
  return asPerson(actor, (tx) => reviewInside(tx, actor, id));
}

/** The inbox of a centre, and the questions of the desk, newest first. */
export function reviewsForActor(actor: SignedIn, query: ReviewsQuery): Promise<Page<ReviewFacts>> {
  return asPerson(actor, async (tx) => {
    const after = query.cursor ? idOfCursor(query.cursor) : null;
    const rows = await tx.review.findMany({
      where: {
        AND: [
          reviewsOf(actor),
          after ? { id: { lt: after } } : {},
          query.state ? { state: query.state } : {},
          query.caseId ? { caseId: query.caseId } : {},
        ],
      },
      select: reviewSelect,
      orderBy: { id: "desc" },
      take: query.limit + 1,
    });
    const page = pageOf(rows, query.limit);
    return { items: await withSigners(tx, page.items), next: page.next };
  });
}

/** The questions and answers of one case, oldest first; null for a stranger. */
export function reviewsOfCase(actor: SignedIn, caseId: string): Promise<ReviewFacts[] | null> {
  return asPerson(actor, async (tx) => {
    const visible = await tx.case.findFirst({
      where: { AND: [{ id: caseId }, casesOf(actor)] },
      select: { id: true },
    });
    return visible && reviewsInside(tx, actor, { caseId });
  });
}

export async function reviewsInside(
  tx: Tx,
  actor: Actor,
  where: Prisma.ReviewWhereInput,
): Promise<ReviewFacts[]> {
  const rows = await tx.review.findMany({
    where: { AND: [where, reviewsOf(actor)] },
    select: reviewSelect,
    orderBy: { id: "asc" },
  });
  return withSigners(tx, rows);
}

type Signed = { caseId: string; firstSignerId: string | null; secondSignerId: string | null };
type Signers = {
  firstSignerName: string | null;
  secondSignerName: string | null;
  newestRecordAt: Date | null;
};

/** When the newest record of each case was accepted: an answer older than that is asked again. */
async function newestRecords(tx: Tx, caseIds: readonly string[]): Promise<ReadonlyMap<string, Date>> {
  const newest = await tx.caseEvent.groupBy({
    by: ["caseId"],
    where: { caseId: { in: [...new Set(caseIds)] }, kind: "record_accepted" },
    _max: { at: true },
  });
  return new Map(newest.flatMap(({ caseId, _max }) => (_max.at ? [[caseId, _max.at] as const] : [])));
}

async function withSigners<T extends Signed>(tx: Tx, rows: readonly T[]): Promise<(T & Signers)[]> {
  const ids = rows.flatMap((row) => [row.firstSignerId ?? [], row.secondSignerId ?? []]).flat();
  const people = ids.length
    ? await tx.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
    : [];
  const names = new Map(people.map((person) => [person.id, person.name]));
  const nameOf = (id: string | null) => (id ? (names.get(id) ?? null) : null);
  const signed = rows.filter((row) => row.firstSignerId !== null).map((row) => row.caseId);
  const newest = signed.length > 0 ? await newestRecords(tx, signed) : new Map<string, Date>();
  return rows.map((row) => ({
    ...row,
    newestRecordAt: newest.get(row.caseId) ?? null,
    firstSignerName: nameOf(row.firstSignerId),
    secondSignerName: nameOf(row.secondSignerId),
  }));
}

/** Whether the operator has turned clinical aids on, as far as this person may know. */
export function clinicalAidsFor(viewer: SignedIn): Promise<boolean> {
  return asPerson(viewer, async (tx) => {
    const set = await tx.setting.findUnique({ where: { key: AIDS_SETTING }, select: { value: true } });
    return areAidsOn(set?.value);
  });
}

/**
 * What the measured numbers of a case say by each guideline, for the lesions any number of the case speaks of. Refused
 * to strangers, and where the operator has not turned clinical aids on.
 */
export function severitiesForReview(
  reviewer: ClinicReviewer,
  reviewId: string,
): Promise<Outcome<LesionSeverity[], "not_found" | "clinical_aids_off">> {
  return asPerson(reviewer, async (tx) => {
    const review = await tx.review.findFirst({
      where: { AND: [{ id: reviewId }, reviewsOf(reviewer)] },
      select: { caseId: true },
    });
    if (!review) return refused("not_found");
    const set = await tx.setting.findUnique({ where: { key: AIDS_SETTING }, select: { value: true } });
    if (!areAidsOn(set?.value)) return refused("clinical_aids_off");
    return done(severitiesOf(latestNumbers(await measurementsInside(tx, review.caseId))));
  });
}

/** A lesion no number speaks of has no line; a guideline without cut-offs for it says so. */
function severitiesOf(numbers: Numbers): LesionSeverity[] {
  return LESIONS.flatMap((lesion) => {
    const lines = GUIDELINES.map((guideline) => {
      const severity = severityOf(lesion, numbers, guideline);
      return { lesion, severity, alerts: alertsOf(lesion, numbers, severity) };
    });
    return lines.some(({ severity }) => severity.items.length > 0) ? lines : [];
  });
}
