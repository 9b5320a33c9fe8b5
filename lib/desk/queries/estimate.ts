import "server-only";
import type { ClinicManager, Coordinator } from "@/lib/kernel/actor";
import { isUuid } from "@/lib/kernel/ids";
import { isCurrency } from "@/lib/kernel/money";
import type { CatalogueEntry } from "@/lib/estimates/catalogue";
import { contractAModeOf } from "@/lib/clinics/held-money";
import { mayCarryEstimate } from "@/lib/estimates/estimate";
import { type LineTemplate, readLineTemplates } from "@/lib/estimates/read-line-templates";
import { readCatalogue } from "@/lib/estimates/read-catalogue";
import { reviewsToEstimate } from "@/lib/estimates/scope";
import { offeredTreatments } from "@/lib/estimates/offered-treatment";
import { feeIn, feeOf, FEE_SETTING, setFeeOf } from "@/lib/estimates/operator-fee";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { TallyTerms } from "../estimate-tally";
import type { ListPrice } from "../first-lines";

export interface EstimateStart {
  reviewId: string;
  caseId: string;
  clinicName: string;
  country: string;
  /** How the centre is paid. */
  terms: TallyTerms;
  price: ListPrice | null;
  excluded: string[];
  /** What the centre saved for this treatment, newest first. */
  templates: LineTemplate[];
  /** The one the lines begin with; null where they begin with the price list. */
  template: LineTemplate | null;
  /** One euro in the currency the lines begin in, as decimal text; null where nobody has entered it. */
  rate: string | null;
  feeEuroCents: bigint;
  /** The fee as it is set in that very currency. */
  setFeeMinor: bigint | null;
  /** What the operator sells beside its fee. */
  catalogue: CatalogueEntry[];
}

/** What the builder begins with on an answer that may carry an estimate; null for any other. */
export function estimateStart(
  coordinator: Coordinator,
  caseId: string,
  reviewId: string,
  wished = "",
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
            clinic: {
              select: {
                ...{ id: true, name: true, country: true, prepaymentBp: true },
                ...{ contractAMode: true, heldClearanceOn: true },
              },
            },
          },
        })
      : null;
    if (!review || !mayCarryEstimate(review).ok) return null;
    const { clinic } = review;
    const { answer, case: of } = review;
    const [treatment = null] = offeredTreatments({ lines: [], answer, wished: of.treatment });
    const procedure = await priceOf(tx, clinic.id, treatment, deviceIn(answer));
    const templates = treatment ? await readLineTemplates(tx, coordinator, clinic.id, treatment) : [];
    const template = pickTemplate(templates, wished);
    const listed = procedure && isCurrency(procedure.currency) ? procedure.currency : null;
    const currency = template?.currency ?? listed;
    return {
      reviewId,
      caseId,
      clinicName: clinic.name,
      country: clinic.country,
      terms: { contractAMode: contractAModeOf(clinic, new Date()), prepaymentBp: clinic.prepaymentBp },
      price: procedure && listed ? { ...procedure, currency: listed } : null,
      ...{ templates, template },
      excluded: procedure?.excluded ?? [],
      rate: currency === null || currency === "EUR" ? "1" : await euroRate(tx, currency),
      ...(await readFee(tx, currency)),
      catalogue: await readCatalogue(tx),
    };
  });
}

/** Chosen instead of a template: the price list. */
export const NO_TEMPLATE = "none";

/** The one that was asked for; else the newest, unless the price list was asked for. */
export function pickTemplate(templates: readonly LineTemplate[], wished: string): LineTemplate | null {
  if (wished === NO_TEMPLATE) return null;
  return templates.find(({ id }) => id === wished) ?? templates[0] ?? null;
}

/** What a centre publishes for a treatment: what its template begins with before it has one. */
export function listPriceFor(manager: ClinicManager, treatment: string): Promise<ListPrice | null> {
  return asPerson(manager, async (tx) => {
    const found = await priceOf(tx, manager.clinicId, treatment, null);
    return found && isCurrency(found.currency) ? { ...found, currency: found.currency } : null;
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

async function readFee(tx: Tx, currency: string | null) {
  const setting = await tx.setting.findUnique({ where: { key: FEE_SETTING }, select: { value: true } });
  const value = setting?.value;
  return { feeEuroCents: feeOf(value), setFeeMinor: currency === null ? null : setFeeOf(value, currency) };
}

/** The operator's fee in each of these currencies today; one with neither a sum of its own nor a rate is left out. */
export function operatorFees(
  coordinator: Coordinator,
  currencies: readonly string[],
): Promise<Map<string, bigint>> {
  return asPerson(coordinator, async (tx) => {
    const fees = new Map<string, bigint>();
    for (const currency of new Set(currencies)) {
      const { feeEuroCents, setFeeMinor } = await readFee(tx, currency);
      const fee = setFeeMinor ?? feeIn(currency, feeEuroCents, await euroRate(tx, currency));
      if (fee !== null) fees.set(currency, fee);
    }
    return fees;
  });
}

/** Null without a rate: our lines then begin without sums, and somebody enters a rate or writes them. */
async function euroRate(tx: Tx, quote: string): Promise<string | null> {
  const found = await tx.fxRate.findFirst({
    where: { base: "EUR", quote },
    orderBy: { at: "desc" },
    select: { rate: true },
  });
  return found?.rate.toFixed() ?? null;
}
