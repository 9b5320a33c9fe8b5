import type { MoneyView } from "@/lib/kernel/money";
import type { ProcedureFacts } from "./views/catalogue";

/** Listed prices of one treatment in one country, in the visitor's currency. */
export interface CountryPrice {
  treatment: string;
  country: string;
  centres: number;
  low: MoneyView;
  expected: MoneyView;
  high: MoneyView;
}

export interface PriceTable {
  rows: CountryPrice[];
  currency: string;
  rate: { source: string; at: string };
}

/** What a centre offers for one treatment: one price for each device, or a single one. */
export interface TreatmentOffer {
  treatment: string;
  offers: ProcedureFacts[];
}

/** The prices of a centre by treatment, in the order they were listed. */
export function offersByTreatment(procedures: readonly ProcedureFacts[]): TreatmentOffer[] {
  const treatments = [...new Set(procedures.map((procedure) => procedure.treatment))];
  return treatments.map((treatment) => ({
    treatment,
    offers: procedures.filter((procedure) => procedure.treatment === treatment),
  }));
}

export interface Volume {
  count: number;
  year: number | null;
  source: string | null;
}

/**
 * How often a centre did a treatment, all its devices together, in the newest year it says: a patient asks how often, not
 * with what. The one figure for the label, the list and the comparison; null where nothing is said.
 */
export function treatmentVolume(
  procedures: readonly Pick<ProcedureFacts, "treatment" | "volume" | "volumeYear" | "volumeSource">[],
  treatment: string | null,
): Volume | null {
  const told = procedures.filter((one) => one.treatment === treatment && one.volume !== null);
  const newest = Math.max(...told.map((one) => one.volumeYear ?? 0));
  const counted = told.filter((one) => (one.volumeYear ?? 0) === newest);
  const [first] = counted;
  if (first === undefined) return null;
  const count = counted.reduce((sum, one) => sum + (one.volume ?? 0), 0);
  return { count, year: first.volumeYear, source: first.volumeSource };
}

/** Groups of offers that include and exclude the same things, so that a list is told once. */
export function sameTerms(offers: readonly ProcedureFacts[]): ProcedureFacts[][] {
  const keyOf = ({ included, excluded, basis }: ProcedureFacts) =>
    JSON.stringify([included, excluded, basis]);
  return [...new Set(offers.map(keyOf))].map((key) => offers.filter((offer) => keyOf(offer) === key));
}
