import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { isUuid } from "@/lib/kernel/ids";
import { isCurrency } from "@/lib/kernel/money";
import { mayCarryEstimate } from "@/lib/estimates/estimate";
import { reviewsToEstimate } from "@/lib/estimates/scope";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { ListPrice } from "../first-lines";

export interface EstimateStart {
  reviewId: string;
  caseId: string;
  clinicName: string;
  country: string;
  price: ListPrice | null;
  excluded: string[];
  /** One euro in the price's currency, as decimal text. */
  rate: string;
}

/** What the builder begins with on an answer that may carry an estimate; null for any other. */
export function estimateStart(
  coordinator: Coordinator,
  caseId: string,
  reviewId: string,
): Promise<EstimateStart | null> {
  return asPerson(coordinator, async (tx) => {
    const review = isUuid(reviewId)
      ? await tx.review.findFirst({
          where: { AND: [{ id: reviewId, caseId }, reviewsToEstimate(coordinator)] },
          select: {
            state: true,
            verdict: true,
            secondSignedAt: true,
            answer: true,
            case: { select: { treatment: true } },
            clinic: { select: { id: true, name: true, country: true } },
          },
        })
      : null;
    if (!review || !mayCarryEstimate(review).ok) return null;
    const { clinic } = review;
    const procedure = await priceOf(tx, clinic.id, review.case.treatment, deviceIn(review.answer));
    const currency = procedure && isCurrency(procedure.currency) ? procedure.currency : null;
    return {
      reviewId,
      caseId,
      clinicName: clinic.name,
      country: clinic.country,
      price: procedure && currency ? { ...procedure, currency } : null,
      excluded: procedure?.excluded ?? [],
      rate: currency === null || currency === "EUR" ? "1" : await euroRate(tx, currency),
    };
  });
}

/** The centre's list price of the treatment, with the device its doctors named where they named one. */
async function priceOf(tx: Tx, clinicId: string, treatment: string | null, device: string | null) {
  if (treatment === null) return null;
  const rows = await tx.clinicProcedure.findMany({
    where: { clinicId, treatment },
    select: {
      device: true,
      currency: true,
      lowMinor: true,
      expectedMinor: true,
      highMinor: true,
      excluded: true,
    },
    orderBy: { device: "asc" },
  });
  return rows.find((row) => row.device === device) ?? rows[0] ?? null;
}

function deviceIn(answer: unknown): string | null {
  if (typeof answer !== "object" || answer === null || !("device" in answer)) return null;
  return typeof answer.device === "string" ? answer.device : null;
}

/** Without a rate our lines stand at one to one: the coordinator sees and corrects them before anything is sent. */
async function euroRate(tx: Tx, quote: string): Promise<string> {
  const found = await tx.fxRate.findFirst({
    where: { base: "EUR", quote },
    orderBy: { at: "desc" },
    select: { rate: true },
  });
  return found?.rate.toFixed() ?? "1";
}
