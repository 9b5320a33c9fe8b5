import type { Verdict } from "./review";

const YES = ["eligible", "eligible_with_conditions"] as const;
const NO = ["not_eligible", "refer_elsewhere"] as const;
const ALL = [...YES, "need_more_data", ...NO] as const;

/** The questions of an answer, in the order they are put, each with the verdicts it belongs to. */
export const ANSWER_BLOCKS = {
  conditions: ["eligible_with_conditions"],
  requests: ["need_more_data"],
  reason: NO,
  picture: ALL,
  plan: YES,
  alternatives: [...YES, ...NO],
  risks: YES,
  scores: [...YES, ...NO],
  stay: YES,
  discharge: YES,
  team: ALL,
} as const satisfies Record<string, readonly Verdict[]>;

export type AnswerBlock = keyof typeof ANSWER_BLOCKS;

/** What each question fills in. */
const FIELDS: Readonly<Record<AnswerBlock, readonly string[]>> = {
  conditions: ["conditions"],
  requests: ["requests", "items"],
  reason: ["reason", "whatElse"],
  picture: ["diagnosis", "dataQuality", "urgency", "fitToTravel"],
  plan: ["proposedTreatment", "device", "deviceSize", "access", "guidelineClass"],
  alternatives: ["alternatives"],
  risks: ["risks"],
  scores: ["riskScores"],
  stay: ["stay"],
  discharge: ["medicines", "followUp"],
  team: ["reviewers"],
};

/**
 * What belongs to the verdict alone: somebody who typed conditions and then chose another verdict signs none. Without a
 * verdict, or with an unknown one, everything stays.
 */
export function askedFor<Given extends Readonly<Record<string, unknown>>>(given: Given): Partial<Given> {
  const dropped = (Object.keys(ANSWER_BLOCKS) as AnswerBlock[]).filter((block) => {
    const verdicts: readonly string[] = ANSWER_BLOCKS[block];
    return ALL.some((verdict) => verdict === given.verdict) && !verdicts.includes(String(given.verdict));
  });
  const fields = new Set(dropped.flatMap((block) => FIELDS[block]));
  return Object.fromEntries(Object.entries(given).filter(([name]) => !fields.has(name))) as Partial<Given>;
}
