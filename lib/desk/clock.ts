import { type CaseStage, nextStepOf, type WaitingOn } from "@/lib/cases/case";

/** The zone the desk's clocks are read in; every time shown names it. */
export const DESK_ZONE = "Europe/Berlin";

export interface Clocked {
  stage: CaseStage;
  urgent: boolean;
  nextDueAt: Date | null;
  waitingOn: WaitingOn;
  holdUntil: Date | null;
}

/** Whether our clock rests: the patient is to act, or the case was put on hold. */
export function isPaused({ waitingOn, holdUntil }: Clocked, now: Date): boolean {
  return waitingOn === "patient" || (holdUntil !== null && holdUntil > now);
}

/** Which share of a stage's usual time has gone, 0 to 1; more than 1 is late. Null when nothing is due. */
export function clockOf(one: Pick<Clocked, "stage" | "urgent" | "nextDueAt">, now: Date): number | null {
  if (one.nextDueAt === null) return null;
  const usual = nextStepOf(one.stage, now, { urgent: one.urgent });
  const left = one.nextDueAt.getTime() - now.getTime();
  if (left <= 0) return 1;
  const allowed = usual ? usual.nextDueAt.getTime() - now.getTime() : left;
  return Math.max(0, 1 - left / allowed);
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
