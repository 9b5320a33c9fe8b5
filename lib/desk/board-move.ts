import { type CaseStage, isEnded, mayMove, mayMoveByHand, STAGES } from "@/lib/cases/case";

/** The columns of the board: every stage of a case that was sent and has not ended. */
export const BOARD_STAGES = STAGES.filter((stage) => stage !== "draft" && !isEnded(stage));

/** Where a card may be sent from the board: its columns, and the good end. Other ends need a reason and stand on the case. */
const TARGETS = [...BOARD_STAGES, "closed"] as const satisfies readonly CaseStage[];

export type Hindrance = "here" | "not_owned" | "not_yours" | "deed" | "no_way";

export interface Target {
  stage: CaseStage;
  /** The verb that gets it there; null when nothing does. */
  act: "take" | "move" | null;
  /** Why not; null when it is possible. */
  hindrance: Hindrance | null;
}

export interface Movable {
  stage: CaseStage;
  ownerId: string | null;
}

/** What the board may do with one card: each place it could go to, or why it cannot. */
export function targetsOf(card: Movable, coordinatorId: string): Target[] {
  return TARGETS.map((stage) => {
    if (card.stage === "submitted" && stage === "triage") return { stage, act: "take", hindrance: null };
    const hindrance = hindranceOf(card, stage, coordinatorId);
    return { stage, act: hindrance === null ? "move" : null, hindrance };
  });
}

function hindranceOf(card: Movable, to: CaseStage, coordinatorId: string): Hindrance | null {
  if (card.stage === to) return "here";
  if (!mayMove(card.stage, to)) return "no_way";
  if (!mayMoveByHand("coordinator", card.stage, to)) return "deed";
  if (card.ownerId === null) return "not_owned";
  return card.ownerId === coordinatorId ? null : "not_yours";
}

/** The step a hurried hand means: the first possible place ahead. Nobody steps back without choosing it. */
export function nextTarget(targets: readonly Target[]): Target | null {
  const here = targets.findIndex((target) => target.hindrance === "here");
  return targets.slice(here + 1).find((target) => target.act !== null) ?? null;
}

/** Whether a move can be taken back by the same hand. */
export function isReversible(from: CaseStage, to: CaseStage): boolean {
  return mayMoveByHand("coordinator", to, from);
}
