import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { STAGES } from "@/lib/cases/case";
import {
  hasDaysLeft,
  type JoinFacts,
  mayWait,
  treatmentsToWaitFor,
  whyNotJoin,
} from "@/lib/logistics/waiting-list";
import { openOfferOf, waitingView } from "@/lib/logistics/views/waiting";

const now = new Date("2026-05-04T10:00:00Z");
const today = dayOf(now);

const facts = (more: Partial<JoinFacts> = {}): JoinFacts => ({
  estimate: { state: "accepted", answerState: "decided", answer: null, answerExpiresAt: null },
  stage: "contracting",
  named: ["teer"],
  isBooked: false,
  wish: { treatment: "teer", fromOn: addDays(today, 10), toOn: addDays(today, 40) },
  ...more,
});
const window = (from: number, to: number, treatment = "teer") => ({
  wish: { treatment, fromOn: addDays(today, from), toOn: addDays(today, to) },
});

describe("who may wait for a day", () => {
  it("lets a case wait whose estimate was accepted and that has no day", () => {
    expect(whyNotJoin(facts(), now)).toBeNull();
    expect(whyNotJoin(facts({ stage: "choosing" }), now)).toBeNull();
    expect(whyNotJoin(facts({ named: [], ...window(1, 2, "tavi-transfemoral") }), now)).toBeNull();
  });

  it.each([
    ["not_accepted", { estimate: { state: "sent", answer: null, answerExpiresAt: null } }],
    ["illegal_transition", { stage: "preparing" }],
    [
      "travel_blocked",
      { estimate: { state: "accepted", answer: { fitToTravel: "no" }, answerExpiresAt: null } },
    ],
    ["reconfirm_needed", { estimate: { state: "accepted", answer: null, answerExpiresAt: now } }],
    ["hold_exists", { isBooked: true }],
    ["invalid_treatment", window(10, 40, "tricuspid-teer")],
    ["invalid_treatment", { named: [], ...window(10, 40, "magic") }],
    ["invalid_window", window(40, 10)],
    ["invalid_window", window(-5, 0)],
    ["invalid_window", window(1, 1)],
    ["invalid_window", window(10, 367)],
  ] as const)("refuses with %s", (reason, more) => {
    expect(whyNotJoin(facts(more as Partial<JoinFacts>), now)).toMatchObject({ reason });
  });

  it("is offered a list only in a stage that is not refused for itself, so never once the case has ended", () => {
    for (const stage of STAGES)
      expect([stage, whyNotJoin(facts({ stage }), now)?.reason ?? null]).toEqual([
        stage,
        mayWait(stage) ? null : "illegal_transition",
      ]);
    expect(STAGES.filter(mayWait)).toEqual(["choosing", "contracting"]);
  });

  it("asks for the treatment only where the estimate is for none", () => {
    const days = [{ treatment: "teer" }, { treatment: "surgical-repair" }, { treatment: "teer" }];
    expect(treatmentsToWaitFor(days, ["teer"])).toEqual(["teer"]);
    expect(treatmentsToWaitFor(days, [])).toEqual(["surgical-repair", "teer"]);
  });
});

describe("an offered day", () => {
  const offer = (expiresAt: Date) => ({
    ...{ id: "a", slotId: "b", state: "open" as const, bookingId: null, offeredAt: now, endedAt: null },
    ...{ expiresAt, slot: { on: now } },
  });
  const entry = (expiresAt: Date) => ({
    ...{ id: "e", caseId: "c", estimateId: "d", treatment: "teer", state: "waiting" as const, position: 1 },
    ...{ reason: null, endCause: null, joinedRole: "patient", joinedName: "A", fromOn: now, toOn: now },
    ...{ joinedAt: now, endedAt: null, clinic: { slug: "k", name: "K", timeZone: "Europe/Berlin" } },
    offers: [offer(expiresAt)],
  });

  it("is answerable until its time is over, and shown as lapsed from that moment on", () => {
    const later = new Date(now.getTime() + 1);
    expect(openOfferOf(waitingView(entry(later), now))).toMatchObject({ state: "open" });
    expect(openOfferOf(waitingView(entry(now), now))).toBeNull();
    expect(waitingView(entry(now), now).offers).toMatchObject([{ state: "lapsed" }]);
  });
});

describe("what can still be offered to who waits", () => {
  const offset = fc.integer({ min: -3, max: 12 });

  it("is a day of theirs that was not offered yet and begins after the hours of an offer", () => {
    const anyDay = fc.record({
      from: offset,
      length: fc.nat({ max: 6 }),
      offered: fc.array(offset, { maxLength: 14 }),
      minutes: fc.nat({ max: 24 * 60 - 1 }),
    });
    fc.assert(
      fc.property(anyDay, ({ from, length, offered, minutes }) => {
        const at = new Date(dateOf(today).getTime() + minutes * 60_000);
        const days = Array.from({ length: length + 1 }, (_, index) => addDays(today, from + index));
        const offeredOn = offered.map((count) => addDays(today, count));
        const wish = { fromOn: days[0] ?? today, toOn: days.at(-1) ?? today };
        const left = days.filter(
          (day) => dateOf(day).getTime() - at.getTime() >= 24 * 3_600_000 && !offeredOn.includes(day),
        );
        expect(hasDaysLeft(wish, offeredOn, at)).toBe(left.length > 0);
      }),
    );
  });
});
