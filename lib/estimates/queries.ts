import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { type ContractAMode, contractAModeOf } from "@/lib/clinics/held-money";
import { casesOf } from "@/lib/cases/scope";
import { offeredTreatments } from "./offered-treatment";
import { estimatesOf } from "./scope";

export const estimateSelect = {
  id: true,
  reviewId: true,
  caseId: true,
  clinicId: true,
  version: true,
  state: true,
  currency: true,
  exclusions: true,
  assumptions: true,
  hash: true,
  sentRates: true,
  sentTerms: true,
  lowMinor: true,
  expectedMinor: true,
  highMinor: true,
  rejectReason: true,
  validUntil: true,
  createdAt: true,
  sentAt: true,
  answeredAt: true,
  lines: { orderBy: { position: "asc" } },
} satisfies Prisma.EstimateSelect;

type EstimateRow = Prisma.EstimateGetPayload<{ select: typeof estimateSelect }>;
/** The clinic as people know it, with the terms its bookings are paid under. */
export interface EstimateClinic {
  slug: string;
  name: string;
  country: string;
  contractAMode: ContractAMode;
  prepaymentBp: number;
}

export type EstimateFacts = EstimateRow & { clinic: EstimateClinic };

/** One estimate inside a transaction; null for a stranger and for no row. */
export async function readEstimate(tx: Tx, actor: Actor, id: string): Promise<EstimateFacts | null> {
  const found = await tx.estimate.findFirst({
    where: { AND: [{ id }, estimatesOf(actor)] },
    select: estimateSelect,
  });
  if (!found) return null;
  const [named] = await withClinics(tx, [found]);
  return named ?? null;
}

export function estimateFor(actor: Actor, id: string): Promise<EstimateFacts | null> {
  return asPerson(actor, (tx) => readEstimate(tx, actor, id));
}

/** The estimates of a case, newest first; null for a stranger and for no case. */
export function estimatesOfCase(actor: Actor, caseId: string): Promise<EstimateFacts[] | null> {
  return asPerson(actor, async (tx) => {
    const known = await tx.case.findFirst({
      where: { AND: [{ id: caseId }, casesOf(actor)] },
      select: { id: true },
    });
    if (!known) return null;
    const found = await tx.estimate.findMany({
      where: { AND: [{ caseId }, estimatesOf(actor)] },
      select: estimateSelect,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: 200,
    });
    return withClinics(tx, found);
  });
}

/** What an estimate is for, empty where nobody has named it, and how long its answer holds; null for a stranger. */
export function offerOfEstimate(
  actor: Actor,
  id: string,
): Promise<{ treatments: string[]; answerExpiresAt: Date | null } | null> {
  return asPerson(actor, async (tx) => {
    const found = await tx.estimate.findFirst({
      where: { AND: [{ id }, estimatesOf(actor)] },
      select: {
        lines: { select: { kind: true, options: true } },
        review: { select: { answer: true, answerExpiresAt: true, case: { select: { treatment: true } } } },
      },
    });
    if (!found) return null;
    const { answer, answerExpiresAt, case: of } = found.review;
    const treatments = offeredTreatments({ lines: found.lines, answer, wished: of.treatment });
    return { treatments, answerExpiresAt };
  });
}

async function withClinics(tx: Tx, rows: EstimateRow[]): Promise<EstimateFacts[]> {
  const clinics = await tx.clinic.findMany({
    where: { id: { in: [...new Set(rows.map((row) => row.clinicId))] } },
    select: {
      ...{ id: true, slug: true, name: true, country: true, prepaymentBp: true },
      ...{ contractAMode: true, heldClearanceOn: true },
    },
  });
  const now = new Date();
  const byId = new Map(
    clinics.map(({ id, heldClearanceOn, ...clinic }) => [
      id,
      { ...clinic, contractAMode: contractAModeOf({ ...clinic, heldClearanceOn }, now) },
    ]),
  );
  return rows.flatMap((row) => {
    const clinic = byId.get(row.clinicId);
    return clinic ? [{ ...row, clinic }] : [];
  });
}
