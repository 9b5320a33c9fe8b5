import { addHours } from "@/lib/kernel/day";
import { type CaseStage, firstAnswerOf, isFirstAnswer, nextStepOf, type WaitingOn } from "@/lib/cases/case";

/** The zone the desk's clocks are read in; every time shown names it. */
export const DESK_ZONE = "Europe/Berlin";

export interface Clocked {
  stage: CaseStage;
  urgent: boolean;
  nextAction: string | null;
  nextDueAt: Date | null;
  waitingOn: WaitingOn;
  holdUntil: Date | null;
}

/** Whether our clock rests: the patient is to act, or the case was put on hold. */
export function isPaused({ waitingOn, holdUntil }: Clocked, now: Date): boolean {
  return waitingOn === "patient" || (holdUntil !== null && holdUntil > now);
}

/** Which share of a stage's usual time has gone, 0 to 1; more than 1 is late. Null when nothing is due. */
export function clockOf(
  one: Pick<Clocked, "stage" | "urgent" | "nextAction" | "nextDueAt">,
  now: Date,
): number | null {
  const { stage, urgent, nextAction, nextDueAt } = one;
  if (nextDueAt === null) return null;
  const usual = isFirstAnswer(nextAction) ? firstAnswerOf(now, urgent) : nextStepOf(stage, now, { urgent });
  const left = nextDueAt.getTime() - now.getTime();
  if (left <= 0) return 1;
  const allowed = usual ? usual.nextDueAt.getTime() - now.getTime() : left;
  return Math.max(0, 1 - left / allowed);
}

/** Which share of a task's time has gone since it was set, 0 to 1. */
export function taskClockOf({ createdAt, dueAt }: { createdAt: Date; dueAt: Date }, now: Date): number {
  const allowed = dueAt.getTime() - createdAt.getTime();
  if (dueAt <= now || allowed <= 0) return dueAt <= now ? 1 : 0;
  return Math.max(0, (now.getTime() - createdAt.getTime()) / allowed);
}

const SOON_HOURS = 4;

interface Pressing {
  urgent: boolean;
  /** Whether it is about money alone, and nobody's health waits for it. */
  isMoney: boolean;
  dueAt: Date;
}

/** What must be done next: urgent patients who wait now or soon, other patients who wait too long, late money, the rest by time. */
export function inOrderOfNeed<T extends Pressing>(lines: readonly T[], now: Date): T[] {
  const soon = addHours(now, SOON_HOURS);
  const rankOf = ({ urgent, isMoney, dueAt }: T) => {
    if (urgent && !isMoney && dueAt <= soon) return 0;
    if (dueAt > now) return 3;
    return isMoney ? 2 : 1;
  };
  return lines.toSorted(
    (one, other) => rankOf(one) - rankOf(other) || one.dueAt.getTime() - other.dueAt.getTime(),
  );
}

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** How far away a moment is, in the largest unit that fits twice or is the last: [3, "hour"], [-20, "minute"]. */
export function distanceTo(at: Date, now: Date): [number, "day" | "hour" | "minute"] {
  const ms = at.getTime() - now.getTime();
  for (const [unit, length] of UNITS) {
    if (Math.abs(ms) >= 2 * length || unit === "minute") return [Math.trunc(ms / length), unit];
  }
  return [0, "minute"];
}
