import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, addHours, addMinutes, dateOf } from "@/lib/kernel/day";
import { STAGES } from "@/lib/cases/case";
import {
  fateOf,
  mayAskOpinion,
  offerOf,
  OPINION_STATES,
  type OpinionFacts,
  opinionDueAt,
  opinionFeesOf,
  payByOf,
  whyNotPayable,
} from "@/lib/reviews/opinion";
import { payableFeesForm } from "@/lib/payments/fees-form";
import { REVIEW_STATES } from "@/lib/reviews/review";

const now = new Date("2026-05-04T10:00:00Z");
const dueAt = opinionDueAt(now, 10);
const paid: OpinionFacts = {
  ...{ state: "paid", payBy: payByOf(now), dueAt, stage: "with_centres", hasConsent: true, review: null },
};
const answered = (secondSignedAt: Date | null) => ({ state: "decided" as const, secondSignedAt });

const moment = fc.integer({ min: -600, max: 600 }).map((hours) => addHours(now, hours));
const facts = fc.record({
  state: fc.constantFrom(...OPINION_STATES),
  payBy: moment,
  dueAt: fc.option(moment),
  stage: fc.constantFrom(...STAGES),
  hasConsent: fc.boolean(),
  review: fc.option(
    fc.record({ state: fc.constantFrom(...REVIEW_STATES), secondSignedAt: fc.option(moment) }),
  ),
});

describe("what becomes of a second opinion", () => {
  it("is delivered by two signatures within the deadline, whenever anybody looks", () => {
    expect(fateOf({ ...paid, review: answered(dueAt) }, addHours(dueAt, 500))).toEqual({
      kind: "deliver",
      at: dueAt,
    });
    expect(fateOf({ ...paid, review: answered(null) }, now)).toEqual({ kind: "wait" });
  });

  it("gives the fee back for an answer after the deadline, even by a second", () => {
    const late = new Date(dueAt.getTime() + 1000);
    expect(fateOf({ ...paid, review: answered(late) }, late)).toEqual({
      kind: "return",
      cause: "not_in_time",
    });
    expect(fateOf({ ...paid, review: answered(null) }, addMinutes(dueAt, 2))).toEqual({
      kind: "return",
      cause: "not_in_time",
    });
  });

  it("waits two minutes past the deadline for a signature that is being written", () => {
    expect(fateOf({ ...paid, review: answered(null) }, addMinutes(dueAt, 1))).toEqual({ kind: "wait" });
    expect(fateOf({ ...paid, review: answered(dueAt) }, addMinutes(dueAt, 1)).kind).toBe("deliver");
  });

  it("stays delivered when the consent or the case ends after the second signature, before anybody looked", () => {
    const review = { state: "withdrawn" as const, secondSignedAt: now };
    const after = fateOf({ ...paid, review, hasConsent: false, stage: "cancelled" }, addHours(now, 1));
    expect(after).toEqual({ kind: "deliver", at: now });
  });

  it("gives the fee back when the centre declines or the case or the consent ends", () => {
    const cause = (change: Partial<OpinionFacts>) => fateOf({ ...paid, ...change }, now);
    expect(cause({ review: { state: "declined", secondSignedAt: null } })).toMatchObject({
      cause: "declined",
    });
    expect(cause({ review: { state: "withdrawn", secondSignedAt: null } })).toMatchObject({
      cause: "no_consent",
    });
    expect(cause({ hasConsent: false })).toMatchObject({ kind: "return", cause: "no_consent" });
    expect(cause({ stage: "deceased" })).toMatchObject({ kind: "return", cause: "case_ended" });
    expect(cause({ stage: "no_offer" })).toEqual({ kind: "wait" });
  });

  it("never keeps paid money past its deadline, and never touches what is settled", () => {
    fc.assert(
      fc.property(facts, moment, (one, at) => {
        const { kind } = fateOf(one, at);
        if (one.state === "paid" && one.dueAt !== null && addMinutes(one.dueAt, 2) <= at)
          expect(kind).not.toBe("wait");
        if (kind === "deliver" || kind === "return") expect(one.state).toBe("paid");
        if (kind === "cancel") expect(one.state).toBe("awaiting_payment");
      }),
    );
  });

  it("sells nothing that would be given back at once", () => {
    fc.assert(
      fc.property(facts, moment, (one, at) => {
        if (whyNotPayable(one, at) !== null) return;
        const after = { ...one, state: "paid" as const, dueAt: opinionDueAt(at, 3), review: null };
        expect(fateOf(after, at)).toEqual({ kind: "wait" });
      }),
    );
  });
});

describe("what a second opinion costs", () => {
  const clinic = { slug: "rhine", contractAMode: "held_by_operator" as const, heldClearanceOn: now };
  const fees = opinionFeesOf({ currency: "EUR", answerDays: 10, fees: { rhine: 35_000 } });

  it("is what the setting says, for a centre whose money may be held", () => {
    expect(offerOf(fees, clinic, now)).toEqual({ feeMinor: 35_000n, currency: "EUR", answerDays: 10 });
    expect(offerOf(fees, { ...clinic, slug: "other" }, now)).toBeNull();
    expect(offerOf(fees, { ...clinic, slug: "toString" }, now)).toBeNull();
    expect(offerOf(fees, { ...clinic, contractAMode: "direct" }, now)).toBeNull();
    expect(offerOf(fees, { ...clinic, heldClearanceOn: null }, now)).toBeNull();
    expect(offerOf(fees, { ...clinic, heldClearanceOn: dateOf(addDays("2026-05-04", 1)) }, now)).toBeNull();
  });

  it("is nothing where the setting is missing or broken", () => {
    for (const value of [undefined, null, {}, { currency: "EUR", answerDays: 0, fees: { rhine: 1 } }])
      expect(offerOf(opinionFeesOf(value), clinic, now)).toBeNull();
  });

  it("is nothing a card could not pay", () => {
    const set = (currency: string, fee: number) =>
      payableFeesForm.safeParse({ seenAt: "", currency, answerDays: 10, fees: { rhine: fee } });
    expect(set("EUR", 49).error?.issues).toMatchObject([{ path: ["fees", "rhine"] }]);
    expect(set("KWD", 100_005).success).toBe(false);
    expect([set("EUR", 50).success, set("KWD", 100_010).success]).toEqual([true, true]);
  });

  it("may be asked for only while a centre can be asked", () => {
    expect(STAGES.filter(mayAskOpinion)).toEqual([
      ...["triage", "collecting_records", "with_centres", "choosing", "no_offer"],
    ]);
  });
});
