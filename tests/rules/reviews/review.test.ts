import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Answer,
  answerExpiresAt,
  blocksTravel,
  dueAtOf,
  isBinding,
  isOpen,
  isPositive,
  knowsUntil,
  mayBecome,
  needsReconfirm,
  outlookOf,
  REVIEW_STATES,
  type ReviewState,
  VERDICTS,
} from "@/lib/reviews/review";

const now = new Date("2026-11-20T10:00:00Z");

const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

/** The same edges the database refuses all others of. */
const EDGES: Record<ReviewState, readonly ReviewState[]> = {
  requested: ["opened", "declined", "expired", "withdrawn"],
  opened: ["more_info", "decided", "declined", "expired", "withdrawn"],
  more_info: ["opened", "declined", "expired", "withdrawn"],
  decided: ["opened", "withdrawn"],
  declined: [],
  expired: [],
  withdrawn: [],
};

const answer: fc.Arbitrary<Answer> = fc.record({
  state: fc.constantFrom(...REVIEW_STATES),
  verdict: fc.constantFrom(null, ...VERDICTS),
  secondSignedAt: fc.constantFrom(null, now),
});
const binding = (verdict: Answer["verdict"]): Answer => ({ state: "decided", verdict, secondSignedAt: now });

describe("the states of a review", () => {
  it.each(REVIEW_STATES)("lead from %s only where an answer can go", (from) => {
    expect(REVIEW_STATES.filter((to) => mayBecome(from, to)).toSorted()).toEqual(EDGES[from].toSorted());
  });

  it("owe an answer while requested, opened or waiting for more", () => {
    expect(REVIEW_STATES.filter(isOpen)).toEqual(["requested", "opened", "more_info"]);
  });

  it("bind after the second signature and not before", () => {
    expect(isBinding({ state: "decided", secondSignedAt: null })).toBe(false);
    expect(isBinding({ state: "decided", secondSignedAt: now })).toBe(true);
    expect(isBinding({ state: "withdrawn", secondSignedAt: now })).toBe(false);
  });
});

describe("the answers of a case together", () => {
  it("are positive as soon as one centre binds itself to treat", () => {
    fc.assert(
      fc.property(
        fc.array(answer),
        fc.constantFrom("eligible" as const, "eligible_with_conditions" as const),
        (others, yes) => {
          return outlookOf([...others, binding(yes)]) === "positive";
        },
      ),
    );
  });

  it("are negative only when nobody owes an answer and nobody would treat", () => {
    fc.assert(
      fc.property(fc.array(answer), (answers) => {
        if (outlookOf(answers) !== "negative") return true;
        return answers.every((one) => !isOpen(one.state) && !(isBinding(one) && isPositive(one.verdict)));
      }),
    );
  });

  it("wait for a second signature", () => {
    expect(outlookOf([{ state: "decided", verdict: "not_eligible", secondSignedAt: null }])).toBe("waiting");
    expect(outlookOf([binding("not_eligible"), binding("refer_elsewhere")])).toBe("negative");
  });
});

describe("an answer", () => {
  it("blocks travel in an emergency or for who is not fit, and for nothing else", () => {
    expect(blocksTravel({ urgency: "emergency" })).toBe(true);
    expect(blocksTravel({ fitToTravel: "no" })).toBe(true);
    expect(blocksTravel({ urgency: "elective", fitToTravel: "with_escort" })).toBe(false);
  });

  it("that is no answer blocks nothing and breaks nothing", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const blocks = blocksTravel(value);
        const text = JSON.stringify(value);
        return !blocks || /"urgency":"emergency"|"fitToTravel":"no"/.test(text);
      }),
    );
    expect(blocksTravel(null)).toBe(false);
    expect(blocksTravel(undefined)).toBe(false);
  });

  it("knows the records up to the first signature, later up to its last confirmation", () => {
    const signed = {
      state: "decided" as const,
      firstSignedAt: now,
      secondSignedAt: later(1),
      answerExpiresAt: answerExpiresAt(later(1)),
    };
    expect(knowsUntil(signed)).toEqual(now);
    expect(needsReconfirm(signed, null, later(2))).toBe(false);
    expect(needsReconfirm(signed, later(0.5), later(2))).toBe(true);
    const confirmed = { ...signed, answerExpiresAt: answerExpiresAt(later(10)) };
    expect(needsReconfirm(confirmed, later(0.5), later(11))).toBe(false);
    expect(needsReconfirm(confirmed, later(11), later(12))).toBe(true);
  });

  it("never lapses in silence, and asks nothing before it binds", () => {
    const signed = {
      state: "decided" as const,
      firstSignedAt: now,
      secondSignedAt: now,
      answerExpiresAt: answerExpiresAt(now),
    };
    expect(needsReconfirm(signed, null, later(24 * 91))).toBe(true);
    expect(needsReconfirm({ ...signed, secondSignedAt: null }, later(1), later(24 * 91))).toBe(false);
  });

  it("is due after three business days and valid for ninety days", () => {
    expect(dueAtOf(now)).toEqual(new Date("2026-11-25T10:00:00Z"));
    expect(answerExpiresAt(now)).toEqual(new Date("2027-02-18T10:00:00Z"));
  });
});
