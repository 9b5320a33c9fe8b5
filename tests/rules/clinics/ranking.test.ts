import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RANKING_WEIGHTS, rankingScore, type RankingFacts } from "@/lib/clinics/ranking";

const none: RankingFacts = {
  volume: 0,
  ofOneTreatment: true,
  recentOutcomes: 0,
  answerHours: null,
  answerCount: 0,
  validCertificates: 0,
  clearPrices: 0,
  prices: 0,
};
const all: RankingFacts = {
  volume: 100,
  ofOneTreatment: true,
  recentOutcomes: 4,
  answerHours: 24,
  answerCount: 5,
  validCertificates: 2,
  clearPrices: 3,
  prices: 3,
};

describe("the ranking", () => {
  it("shares out exactly one hundred points", () => {
    expect(Object.values(RANKING_WEIGHTS).reduce((sum, weight) => sum + weight, 0)).toBe(100);
    expect(rankingScore(all)).toBe(100_000);
    expect(rankingScore(none)).toBe(0);
  });

  it("never lowers a centre for more procedures, results, certificates or a quicker answer", () => {
    const facts = fc.record({
      volume: fc.nat(1_000),
      ofOneTreatment: fc.boolean(),
      recentOutcomes: fc.nat(12),
      answerHours: fc.option(fc.nat(400)),
      answerCount: fc.nat(20),
      validCertificates: fc.nat(5),
      clearPrices: fc.nat(5),
      prices: fc.constant(5),
    });
    fc.assert(
      fc.property(facts, fc.nat(50), (one, more) => {
        const score = rankingScore(one);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100_000);
        expect(rankingScore({ ...one, volume: one.volume + more })).toBeGreaterThanOrEqual(score);
        expect(rankingScore({ ...one, recentOutcomes: one.recentOutcomes + more })).toBeGreaterThanOrEqual(
          score,
        );
        expect(
          rankingScore({ ...one, validCertificates: one.validCertificates + more }),
        ).toBeGreaterThanOrEqual(score);
        if (one.answerHours !== null) {
          expect(
            rankingScore({ ...one, answerHours: Math.max(0, one.answerHours - more) }),
          ).toBeGreaterThanOrEqual(score);
        }
      }),
    );
  });

  it("gives nothing for an answer time measured from fewer than five answers", () => {
    expect(rankingScore({ ...none, answerHours: 1, answerCount: 4 })).toBe(0);
    expect(rankingScore({ ...none, answerHours: 1, answerCount: 5 })).toBe(20_000);
    expect(rankingScore({ ...none, answerHours: 120, answerCount: 9 })).toBe(0);
  });
});
