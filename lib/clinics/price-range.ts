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

/** Groups of offers that include and exclude the same things, so that a list is told once. */
export function sameTerms(offers: readonly ProcedureFacts[]): ProcedureFacts[][] {
  const keyOf = ({ included, excluded, basis }: ProcedureFacts) =>
    JSON.stringify([included, excluded, basis]);
  return [...new Set(offers.map(keyOf))].map((key) => offers.filter((offer) => keyOf(offer) === key));
}
