import { describe, expect, it } from "vitest";
import { LINE_KINDS } from "@/lib/estimates/estimate";
import {
  afterEvent,
  BOOKING_EDGES,
  BOOKING_STATES,
  type BookingEvent,
  coverOf,
  isBeforeItsDay,
  isHoldOver,
  isSignature,
  regimeOf,
} from "@/lib/bookings/booking";
import { amountText } from "@/lib/bookings/contract-text";

describe("the life of a booking", () => {
  it("knows only the declared edges", () => {
    const events: BookingEvent[] = ["sign", "pay", "confirm", "complete", "cancel", "reclaim"];
    for (const state of BOOKING_STATES) {
      for (const event of events) {
        const edge = BOOKING_EDGES.find((one) => one.event === event && one.from.includes(state));
        const after = afterEvent(state, event);
        expect(after.ok ? after.value : after.reason).toBe(edge ? edge.to : "illegal_transition");
      }
    }
  });

  it("ends a hold at its minute and only while it is unpaid", () => {
    const holdExpiresAt = new Date("2026-11-21T10:00:00Z");
    expect(isHoldOver({ state: "held", holdExpiresAt }, new Date("2026-11-21T09:59:59Z"))).toBe(false);
    expect(isHoldOver({ state: "awaiting_deposit", holdExpiresAt }, holdExpiresAt)).toBe(true);
    expect(isHoldOver({ state: "awaiting_centre", holdExpiresAt: null }, holdExpiresAt)).toBe(false);
  });
});

describe("what a centre says on site", () => {
  it.each([
    ["on_site", "2027-01-31", true],
    ["on_site", "2027-02-01", false],
    ["treated", "2027-02-14", true],
    ["treated", "2027-02-15", false],
    ["discharged", "2027-02-14", true],
    ["discharged", "2027-02-18", false],
    ["cancelled", "2027-01-01", false],
  ])("asks twice before its day: %s on %s", (to, today, early) => {
    expect(isBeforeItsDay(to, "2027-02-15", today)).toBe(early);
  });
});

describe("package travel", () => {
  it("begins with a bed or a flight", () => {
    expect(regimeOf(["treatment", "transfer_arrival", "interpreter", "medicine_supply"], LINE_KINDS)).toBe(
      "LIKELY_NOT_PACKAGE",
    );
    expect(regimeOf(["treatment", "hotel"], LINE_KINDS)).toBe("PACKAGE");
    expect(regimeOf(["treatment", "flight", "companion"], LINE_KINDS)).toBe("PACKAGE");
    expect(regimeOf(["treatment", "companion"], LINE_KINDS)).toBe("LEGAL_REVIEW");
    expect(regimeOf(["treatment", "spa_weekend"], LINE_KINDS)).toBe("LEGAL_REVIEW");
  });

  it("needs a cover that is still valid", () => {
    const cover = { insurer: "Safe AG", number: "P-1", validUntil: "2027-01-01" };
    expect(coverOf(cover, "2026-11-21")).toEqual(cover);
    expect(coverOf(cover, "2027-01-02")).toBeNull();
    expect(coverOf(null, "2026-11-21")).toBeNull();
    expect(coverOf({ insurer: "Safe AG" }, "2026-11-21")).toBeNull();
  });
});

describe("a typed signature", () => {
  it("is the known name or at least two words", () => {
    expect(isSignature("  anna   PETROVA ", ["Anna Petrova"])).toBe(true);
    expect(isSignature("Cher", ["Cher"])).toBe(true);
    expect(isSignature("Anna P.", ["Anna Petrova"])).toBe(true);
    expect(isSignature("Anna", ["Anna Petrova"])).toBe(false);
    expect(isSignature("x", [null])).toBe(false);
    expect(isSignature("John Smith", ["Anna Petrova", null])).toBe(false);
    expect(isSignature("Анна Петрова", ["Anna Petrova"])).toBe(true);
  });
});

describe("an amount in a contract", () => {
  it("follows the decimals of its currency", () => {
    expect(amountText(123_456_789n, "EUR")).toBe("1,234,567.89 EUR");
    expect(amountText(5n, "EUR")).toBe("0.05 EUR");
    expect(amountText(1_234_567n, "JPY")).toBe("1,234,567 JPY");
    expect(amountText(1_234n, "KWD")).toBe("1.234 KWD");
  });
});
