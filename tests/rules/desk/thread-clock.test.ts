import { describe, expect, it } from "vitest";
import {
  answerClockOf as clockOf,
  answerTimesOf,
  inOrderOfAnswer,
  type ThreadTimes,
} from "@/lib/desk/thread-clock";
import { addMinutes } from "@/lib/kernel/day";

const TIMES = answerTimesOf(undefined);
const answerClockOf = (given: ThreadTimes, now: Date) => clockOf(given, TIMES, now);
const SENT = new Date("2026-05-04T08:00:00Z");

function thread(more: Partial<ThreadTimes>): ThreadTimes {
  return {
    ...{ urgent: false, submittedAt: SENT, firstAnsweredAt: addMinutes(SENT, 20) },
    ...{ askedAt: null, answeredAt: null, ...more },
  };
}

describe("the clock of an answer", () => {
  it("gives a new case its first answer within the hour, an urgent one within a quarter", () => {
    const fresh = { firstAnsweredAt: null, askedAt: SENT };
    const calm = answerClockOf(thread(fresh), addMinutes(SENT, 30));
    expect(calm).toEqual({ kind: "first", dueAt: addMinutes(SENT, 60), gone: 0.5 });
    const urgent = answerClockOf(thread({ ...fresh, urgent: true }), addMinutes(SENT, 30));
    expect(urgent).toEqual({ kind: "first", dueAt: addMinutes(SENT, 15), gone: 2 });
  });

  it("counts a first answer from when the case was sent, whatever was written since", () => {
    const clock = answerClockOf(thread({ firstAnsweredAt: null, askedAt: addMinutes(SENT, 50) }), SENT);
    expect(clock.dueAt).toEqual(addMinutes(SENT, 60));
  });

  it("counts a later answer from the oldest word nobody has answered", () => {
    const askedAt = addMinutes(SENT, 600);
    const clock = answerClockOf(thread({ askedAt }), addMinutes(askedAt, 60));
    expect(clock).toEqual({ kind: "next", dueAt: addMinutes(askedAt, 240), gone: 0.25 });
    expect(answerClockOf(thread({ askedAt, urgent: true }), askedAt).dueAt).toEqual(addMinutes(askedAt, 30));
  });

  it("takes its times from the operator, and keeps those it began with where nonsense is set", () => {
    const askedAt = addMinutes(SENT, 600);
    const times = answerTimesOf({ minutes: 90, urgentMinutes: 10 });
    expect(clockOf(thread({ askedAt }), times, askedAt).dueAt).toEqual(addMinutes(askedAt, 90));
    expect(clockOf(thread({ askedAt, urgent: true }), times, askedAt).dueAt).toEqual(addMinutes(askedAt, 10));
    for (const value of [null, "soon", { minutes: 0, urgentMinutes: "10" }, { minutes: 1.5 }])
      expect(answerTimesOf(value)).toEqual({ minutes: 240, urgentMinutes: 30 });
    const endless = { minutes: Number.MAX_SAFE_INTEGER, urgentMinutes: 43_200 };
    expect(answerTimesOf(endless)).toEqual({ minutes: 43_200, urgentMinutes: 43_200 });
  });

  it("rests while the other side is to act", () => {
    const clock = answerClockOf(thread({ answeredAt: addMinutes(SENT, 20) }), addMinutes(SENT, 9_000));
    expect(clock).toEqual({ kind: "next", dueAt: null, gone: 0 });
  });

  it("puts what is due first on top, and what rests behind it, the last answered first", () => {
    const now = addMinutes(SENT, 700);
    const threads = [
      thread({ answeredAt: addMinutes(SENT, 30) }),
      thread({ askedAt: addMinutes(SENT, 650) }),
      thread({ answeredAt: addMinutes(SENT, 40) }),
      thread({ askedAt: addMinutes(SENT, 600) }),
    ].map((one, place) => ({ ...one, place, clock: answerClockOf(one, now) }));
    expect(inOrderOfAnswer(threads).map(({ place }) => place)).toEqual([3, 1, 2, 0]);
  });
});
