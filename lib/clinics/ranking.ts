/**
 * How much each fact counts for a centre's place in the list; the points add up to 100. Payment, fees, commissions,
 * bookings and clicks are not among them. The database function `clinic_ranking` adds the same sum.
 */
export const RANKING_WEIGHTS = {
  volume: 30,
  outcomes: 25,
  answers: 20,
  prices: 15,
  certificates: 10,
} as const;

export type RankingPart = keyof typeof RANKING_WEIGHTS;

/** What earns a part in full. */
export const RANKING_FULL = {
  /** Procedures a year of the treatment asked for, and of all treatments together. */
  volumeOfTreatment: 100,
  volumeOfAll: 300,
  /** Results with a number of patients and a source, not older than three years. */
  outcomes: 4,
  outcomeYears: 3,
  /** Median hours to an answer: full marks at 24, none from 120; measured from at least five answers. */
  answerHoursBest: 24,
  answerHoursWorst: 120,
  answersLeast: 5,
  certificates: 2,
} as const;

export interface RankingFacts {
  volume: number;
  /** False when the list is not narrowed to one treatment. */
  ofOneTreatment: boolean;
  recentOutcomes: number;
  answerHours: number | null;
  answerCount: number;
  validCertificates: number;
  /** Prices valid today that say what is included and what is not, and all prices. */
  clearPrices: number;
  prices: number;
}

/** How far each part is earned, in thousandths. */
export function rankingParts(facts: RankingFacts): Record<RankingPart, number> {
  const full = RANKING_FULL;
  const volumeTarget = facts.ofOneTreatment ? full.volumeOfTreatment : full.volumeOfAll;
  return {
    volume: thousandths(facts.volume, volumeTarget),
    outcomes: thousandths(facts.recentOutcomes, full.outcomes),
    answers: answerPart(facts.answerHours, facts.answerCount),
    prices: thousandths(facts.clearPrices, facts.prices),
    certificates: thousandths(facts.validCertificates, full.certificates),
  };
}

/** The whole sum, 0 to 100,000: thousandths of a point. */
export function rankingScore(facts: RankingFacts): number {
  const parts = rankingParts(facts);
  return (Object.keys(RANKING_WEIGHTS) as RankingPart[]).reduce(
    (sum, part) => sum + RANKING_WEIGHTS[part] * parts[part],
    0,
  );
}

function thousandths(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.min(1_000, Math.floor((part * 1_000) / whole));
}

function answerPart(hours: number | null, answers: number): number {
  if (hours === null || answers < RANKING_FULL.answersLeast) return 0;
  const { answerHoursBest: best, answerHoursWorst: worst } = RANKING_FULL;
  return Math.max(0, Math.min(1_000, Math.trunc(((worst - hours) * 1_000) / (worst - best))));
}
