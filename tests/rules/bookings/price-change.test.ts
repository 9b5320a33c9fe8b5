import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STAGES } from "@/lib/cases/case";
import { BOOKING_STATES } from "@/lib/bookings/booking";
import { instalmentDay, planEffect, type PlannedNow } from "@/lib/bookings/plan-effect";
import {
  afterEvent,
  CHANGE_STATES,
  ceilingOf,
  isAboveCeiling,
  kindOf,
  mayBeEmergency,
  mayChange,
  shownState,
  sumsOf,
} from "@/lib/bookings/price-change";
import { sumMinor } from "@/lib/kernel/money";

const EVENTS = ["accept", "decline", "expire", "prove"] as const;

describe("a change order", () => {
  it("goes only where it may, from every state by every event", () => {
    const reached = CHANGE_STATES.flatMap((state) =>
      EVENTS.flatMap((event) => {
        const after = afterEvent(state, event);
        return after.ok ? [`${state} ${event} ${after.value}`] : [];
      }),
    );
    expect(reached).toEqual([
      "proposed accept accepted",
      "proposed decline declined",
      "proposed expire expired",
      "emergency_applied decline declined",
      "emergency_applied prove emergency_applied",
    ]);
    expect(afterEvent("accepted", "decline")).toMatchObject({
      reason: "illegal_transition",
      detail: { from: "accepted" },
    });
  });

  it("is proposed from the confirmed day until the case ends, and an emergency only with the patient there", () => {
    const may = (rule: typeof mayChange) =>
      BOOKING_STATES.flatMap((state) =>
        STAGES.filter((stage) => rule(state, stage)).map((stage) => `${state} ${stage}`),
      );
    const changing = ["preparing", "on_site", "treated", "discharged", "settling", "aftercare"];
    expect(may(mayChange)).toEqual(
      ["confirmed", "completed"].flatMap((state) => changing.map((stage) => `${state} ${stage}`)),
    );
    expect(may(mayBeEmergency)).toEqual(
      ["confirmed", "completed"].flatMap((state) => changing.slice(1, 4).map((stage) => `${state} ${stage}`)),
    );
  });

  it("is shown as expired from its last moment on, and only while nobody answered", () => {
    const at = new Date("2026-11-21T10:00:00Z");
    expect(shownState("proposed", at, at)).toBe("expired");
    expect(shownState("proposed", at, new Date(at.getTime() - 1))).toBe("proposed");
    expect(shownState("accepted", at, at)).toBe("accepted");
  });

  it("calls each line by what happens to it", () => {
    const line = (fromMinor: bigint, toMinor: bigint, serviceId: string | null = "s") =>
      kindOf({ fromMinor, toMinor, serviceId });
    expect([line(0n, 5n, null), line(3n, 5n), line(5n, 3n), line(5n, 0n)]).toEqual([
      "added",
      "dearer",
      "cheaper",
      "dropped",
    ]);
  });
});

describe("the ceiling", () => {
  const treatment = { amountMinor: 3_000n, highMinor: 3_600n };
  const device = { amountMinor: 500n, highMinor: 500n };

  it("is what the accepted estimate named as the most, of the lines still booked", () => {
    expect(ceilingOf([treatment, device])).toBe(4_100n);
    expect(ceilingOf([treatment, { ...device, amountMinor: 0n }])).toBe(3_600n);
  });

  it("is passed by the first unit above it, and never by paying less", () => {
    const change = (toMinor: bigint) =>
      isAboveCeiling(sumsOf([treatment, device], [{ fromMinor: 3_000n, toMinor, serviceId: "s" }]));
    expect([change(3_600n), change(3_601n), change(1n)]).toEqual([false, true, false]);
  });

  it("rises only as far as was agreed: within it, agreeing again and again never lifts it", () => {
    expect(ceilingOf([{ ...treatment, amountMinor: 3_600n }, device])).toBe(4_100n);
    expect(ceilingOf([{ ...treatment, amountMinor: 5_000n }, device])).toBe(5_500n);
    expect(ceilingOf([treatment, device, { amountMinor: 100n, highMinor: null }])).toBe(4_200n);
  });
});

const states = ["planned", "due", "partially_paid", "overdue", "paid", "cancelled"] as const;
const items = fc.array(
  fc.record({
    a: fc.bigInt({ min: 0n, max: 10n ** 9n }),
    b: fc.bigInt({ min: 0n, max: 10n ** 9n }),
    state: fc.constantFrom(...states),
    day: fc.integer({ min: 10, max: 28 }),
    isBeingPaid: fc.boolean(),
    paidBp: fc.bigInt({ min: 0n, max: 10_000n }),
  }),
  { maxLength: 6 },
);
/** What of an instalment that may have parts was paid: of each contract the same share. */
const paidOf = (state: string, a: bigint, b: bigint, paidBp: bigint) => {
  const bp = state === "paid" ? 10_000n : ["partially_paid", "overdue"].includes(state) ? paidBp : 0n;
  const paidAMinor = (a * bp) / 10_000n;
  return { paidAMinor, paidMinor: paidAMinor + (b * bp) / 10_000n };
};
const planned = (
  rows: readonly {
    a: bigint;
    b: bigint;
    state: string;
    day: number;
    isBeingPaid: boolean;
    paidBp?: bigint;
  }[],
) =>
  rows.map(({ a, b, state, day, isBeingPaid, paidBp = 0n }, position): PlannedNow => ({
    ...paidOf(state, a, b, paidBp),
    ...{ id: String(position), position, state, isBeingPaid },
    ...{ amountMinor: a + b, contractAMinor: a, dueOn: `2026-12-${day}` },
  }));

describe("what a change does to the payment plan", () => {
  it("adds up to the last unit, takes nothing paid and leaves nothing below zero", () => {
    const contract = fc.constantFrom("A" as const, "B" as const);
    fc.assert(
      fc.property(
        items,
        contract,
        fc.bigInt({ min: -(10n ** 10n), max: 10n ** 10n }),
        (rows, which, deltaMinor) => {
          const plan = planned(rows);
          const effect = planEffect({ contract: which, deltaMinor, items: plan });
          if (!effect.ok) {
            expect(plan.some((item) => item.isBeingPaid)).toBe(true);
            return;
          }
          const { instalmentMinor, lowered, loweredMinor, refundMinor } = effect.value;
          expect(instalmentMinor - loweredMinor - refundMinor).toBe(deltaMinor);
          expect([instalmentMinor, loweredMinor, refundMinor].every((sum) => sum >= 0n)).toBe(true);
          const before = (id: string) => plan.find((item) => item.id === id);
          for (const item of lowered) {
            const was = before(item.id);
            expect(["planned", "due", "partially_paid", "overdue"]).toContain(was?.state);
            const [paidA, paid] = [was?.paidAMinor ?? 0n, was?.paidMinor ?? 0n];
            expect(item.contractAMinor >= paidA).toBe(true);
            expect(item.amountMinor - item.contractAMinor >= paid - paidA).toBe(true);
            expect(item.isPaid).toBe(paid > 0n && item.amountMinor === paid);
            expect(was?.isBeingPaid).toBe(false);
            expect(item.amountMinor >= item.contractAMinor && item.contractAMinor >= 0n).toBe(true);
            const other =
              which === "A" ? (was?.amountMinor ?? 0n) - (was?.contractAMinor ?? 0n) : was?.contractAMinor;
            expect(which === "A" ? item.amountMinor - item.contractAMinor : item.contractAMinor).toBe(other);
          }
          const off = sumMinor(
            lowered.map((item) => (before(item.id)?.amountMinor ?? 0n) - item.amountMinor),
          );
          expect(off).toBe(loweredMinor);
        },
      ),
    );
  });

  it("takes from the last instalment first, and gives back only what no instalment is left for", () => {
    const plan = planned([
      { a: 100n, b: 50n, state: "paid", day: 10, isBeingPaid: false },
      { a: 0n, b: 300n, state: "planned", day: 20, isBeingPaid: false },
      { a: 400n, b: 0n, state: "due", day: 21, isBeingPaid: false },
      { a: 200n, b: 0n, state: "planned", day: 28, isBeingPaid: false },
    ]);
    expect(planEffect({ contract: "A", deltaMinor: -650n, items: plan })).toMatchObject({
      value: {
        lowered: [
          { id: "3", amountMinor: 0n },
          { id: "2", amountMinor: 0n },
        ],
        loweredMinor: 600n,
        refundMinor: 50n,
      },
    });
  });

  it("takes from an instalment paid in part no more than is open of it, and calls it paid once nothing is", () => {
    const plan = planned([
      { a: 400n, b: 200n, state: "partially_paid", day: 21, isBeingPaid: false, paidBp: 5_000n },
    ]);
    expect(planEffect({ contract: "A", deltaMinor: -300n, items: plan })).toMatchObject({
      value: {
        ...{ lowered: [{ amountMinor: 400n, contractAMinor: 200n, isPaid: false }] },
        ...{ loweredMinor: 200n, refundMinor: 100n },
      },
    });
    const ofA = planned([
      { a: 400n, b: 0n, state: "partially_paid", day: 21, isBeingPaid: false, paidBp: 2_500n },
    ]);
    expect(planEffect({ contract: "A", deltaMinor: -300n, items: ofA })).toMatchObject({
      value: { lowered: [{ amountMinor: 100n, contractAMinor: 100n, isPaid: true }], refundMinor: 0n },
    });
  });

  it("waits while somebody is paying the instalment it would lower, and for no other", () => {
    const plan = planned([
      { a: 400n, b: 0n, state: "due", day: 21, isBeingPaid: true },
      { a: 200n, b: 0n, state: "planned", day: 28, isBeingPaid: false },
    ]);
    expect(planEffect({ contract: "A", deltaMinor: -200n, items: plan })).toMatchObject({ ok: true });
    expect(planEffect({ contract: "A", deltaMinor: -201n, items: plan })).toMatchObject({
      reason: "change_being_paid",
    });
  });

  it("asks for more with the balance, and never sooner than in two weeks", () => {
    expect(instalmentDay("2026-12-31", "2026-11-21")).toBe("2026-12-17");
    expect(instalmentDay("2026-11-20", "2026-11-21")).toBe("2026-12-05");
  });
});
