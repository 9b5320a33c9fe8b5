import { firstAnswerOf } from "@/lib/cases/case";
import { addMinutes } from "@/lib/kernel/day";

/** What is known of one thread: who spoke last, and since when somebody waits. */
export interface ThreadTimes {
  urgent: boolean;
  submittedAt: Date;
  /** When the patient of this case first heard from a human. */
  firstAnsweredAt: Date | null;
  /** The oldest word nobody has answered; null when the last word was ours. */
  askedAt: Date | null;
  /** Our last word. */
  answeredAt: Date | null;
}

export interface AnswerClock {
  /** The first human answer of a case has a promise of its own. */
  kind: "first" | "next";
  /** Null while the clock rests. */
  dueAt: Date | null;
  /** Share of the time that has gone, 0 to 1; more than 1 is late. */
  gone: number;
}

/** How long an answer after the first may take: `{minutes, urgentMinutes}`, whole minutes; the database refuses more than 30 days. */
export const ANSWER_SETTING = "answer_times";
/** As in the database's check `answer_times_within_30_days`. */
const ANSWER_MINUTES_MAX = 30 * 24 * 60;

export interface AnswerTimes {
  minutes: number;
  /** Where the case is urgent. */
  urgentMinutes: number;
}

const ANSWER_TIMES: AnswerTimes = { minutes: 4 * 60, urgentMinutes: 30 };

/** The times the operator set, at most 30 days; each of them as it began where nothing or nonsense is set. */
export function answerTimesOf(value: unknown): AnswerTimes {
  const set = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  const read = (name: keyof AnswerTimes) => {
    const asked = set[name];
    const isTime = typeof asked === "number" && Number.isSafeInteger(asked) && asked > 0;
    return isTime ? Math.min(asked, ANSWER_MINUTES_MAX) : ANSWER_TIMES[name];
  };
  return { minutes: read("minutes"), urgentMinutes: read("urgentMinutes") };
}

/** Whole minutes from when somebody waits, for the first answer from when the case was sent, until an answer is due. */
export function minutesAllowed(kind: AnswerClock["kind"], urgent: boolean, times: AnswerTimes): number {
  const later = urgent ? times.urgentMinutes : times.minutes;
  if (kind === "next") return later;
  return Math.round(firstAnswerOf(new Date(0), urgent).nextDueAt.getTime() / 60_000);
}

/** The clock of a thread. It rests while the other side is to act: our word was the last. */
export function answerClockOf(thread: ThreadTimes, times: AnswerTimes, now: Date): AnswerClock {
  const { urgent, submittedAt, firstAnsweredAt, askedAt } = thread;
  const kind = firstAnsweredAt === null ? "first" : "next";
  if (askedAt === null) return { kind, dueAt: null, gone: 0 };
  const since = kind === "first" ? submittedAt : askedAt;
  const dueAt = addMinutes(since, minutesAllowed(kind, urgent, times));
  const allowed = dueAt.getTime() - since.getTime();
  return { kind, dueAt, gone: (now.getTime() - since.getTime()) / allowed };
}

/** The threads whose clock runs, the one due first on top; behind them those that rest, the last spoken in first. */
export function inOrderOfAnswer<T extends { clock: AnswerClock; answeredAt: Date | null }>(
  threads: readonly T[],
): T[] {
  const rest = Number.MAX_SAFE_INTEGER;
  const dueOf = ({ clock }: T) => clock.dueAt?.getTime() ?? rest;
  const lastOf = ({ answeredAt }: T) => answeredAt?.getTime() ?? 0;
  return threads.toSorted((one, other) => dueOf(one) - dueOf(other) || lastOf(other) - lastOf(one));
}
