import { describe, expect, it } from "vitest";
import { addMinutes } from "@/lib/kernel/day";
import { sumMinor } from "@/lib/kernel/money";
import { isChargeable } from "@/lib/bookings/chargeable";
import { checkoutRequest, nextFor } from "@/lib/payments/checkout";
import {
  extendedHold,
  holdAfterDebit,
  judgeSession,
  type PayableFacts,
  type SessionFacts,
  whyNotPayable,
} from "@/lib/payments/payment";
import { statementOf } from "@/lib/payments/statement";
import { amountText, statementText } from "@/lib/payments/wording";

const now = new Date("2026-11-20T10:00:00Z");
const payable: PayableFacts = {
  item: {
    state: "due",
    kind: "deposit",
    contract: "B",
    contractAMinor: 0n,
    amountMinor: 100n,
    paidMinor: 0n,
    currency: "EUR",
  },
  booking: {
    state: "awaiting_deposit",
    holdExpiresAt: addMinutes(now, 60),
    contractAMode: "held_by_operator",
  },
  areContractsSigned: true,
};

describe("whyNotPayable", () => {
  it("lets a signed, held deposit be paid", () => {
    expect(whyNotPayable(payable, now)).toBeNull();
  });

  it.each([
    ["already_paid", { item: { state: "paid" } }],
    ["not_payable", { item: { state: "waived" } }],
    ["booking_cancelled", { booking: { state: "cancelled", holdExpiresAt: null } }],
    ["hold_expired", { booking: { state: "cancelled", holdExpiresAt: addMinutes(now, -1) } }],
    ["hold_expired", { booking: { holdExpiresAt: now } }],
    ["not_signed", { booking: { state: "held" } }],
    ["not_signed", { areContractsSigned: false }],
    ["deposit_first", { item: { kind: "balance" } }],
    ["paid_to_clinic", { item: { contractAMinor: 10n }, booking: { contractAMode: "direct" } }],
    ["amount_not_chargeable", { item: { amountMinor: 0n } }],
    ["amount_not_chargeable", { item: { amountMinor: 100_000_010n, paidMinor: 0n } }],
  ])("refuses with %s", (reason, change) => {
    const facts = { ...payable, ...change } as PayableFacts;
    const merged = {
      ...facts,
      item: { ...payable.item, ...("item" in change ? change.item : {}) },
      booking: { ...payable.booking, ...("booking" in change ? change.booking : {}) },
    } as PayableFacts;
    expect(whyNotPayable(merged, now)).toBe(reason);
  });

  it("lets the balance be paid once the deposit is in", () => {
    const balance = { ...payable, item: { ...payable.item, kind: "balance" } };
    for (const state of ["awaiting_centre", "confirmed", "completed"]) {
      expect(
        whyNotPayable({ ...balance, booking: { ...balance.booking, state, holdExpiresAt: null } }, now),
      ).toBeNull();
    }
  });
});

describe("isChargeable", () => {
  it("knows currencies of no, two and three decimals", () => {
    expect(isChargeable(50n, "JPY")).toBe(true);
    expect(isChargeable(1_230n, "KWD")).toBe(true);
    expect(isChargeable(1_234n, "KWD")).toBe(false);
    expect(isChargeable(100_000_000n, "EUR")).toBe(false);
    expect(isChargeable(100n, "ZZZ")).toBe(false);
  });

  it("asks no card for less than the provider charges", () => {
    expect([30n, 49n, 50n].map((sum) => isChargeable(sum, "EUR"))).toEqual([false, false, true]);
    expect([1_490n, 1_500n].map((sum) => isChargeable(sum, "CZK"))).toEqual([false, true]);
    expect([0n, 5n, 10n].map((sum) => isChargeable(sum, "KWD"))).toEqual([false, false, true]);
  });
});

describe("judgeSession", () => {
  const expected = { id: "p", amountMinor: 500n, currency: "EUR", sessionId: "cs_1" };
  const session: SessionFacts = {
    id: "cs_1",
    status: "complete",
    paymentStatus: "paid",
    amountMinor: 500n,
    currency: "eur",
    paymentId: "p",
    isLive: false,
    paymentIntentId: "pi_1",
    intentStatus: "succeeded",
  };

  it("believes an exact match", () => {
    expect(judgeSession(expected, session, false)).toEqual({ kind: "paid", paymentIntentId: "pi_1" });
  });

  it.each([
    ["amount", { amountMinor: 499n }],
    ["currency", { currency: "usd" }],
    ["client_reference_id", { paymentId: "other" }],
    ["livemode", { isLive: true }],
    ["session", { id: "cs_2" }],
  ])("refuses another %s", (field, change) => {
    expect(judgeSession(expected, { ...session, ...change }, false)).toEqual({ kind: "mismatch", field });
  });

  it.each([
    ["expired", { status: "expired", paymentStatus: "unpaid" }],
    ["open", { status: "open", paymentStatus: "unpaid" }],
    ["processing", { paymentStatus: "unpaid", intentStatus: "processing" }],
    ["failed", { paymentStatus: "unpaid", intentStatus: "requires_payment_method" }],
  ])("calls it %s", (kind, change) => {
    expect(judgeSession(expected, { ...session, ...change }, false)).toEqual({ kind });
  });
});

describe("extendedHold", () => {
  const booking = { createdAt: now, holdExpiresAt: addMinutes(now, 10), holdWithoutDebitAt: null };

  it("outlives the page by five minutes", () => {
    expect(extendedHold(booking, addMinutes(now, 31), 10)).toEqual(addMinutes(now, 36));
    expect(extendedHold({ ...booking, holdExpiresAt: addMinutes(now, 90) }, addMinutes(now, 31), 90)).toEqual(
      addMinutes(now, 90),
    );
  });

  it("is not stretched again and again", () => {
    expect(
      extendedHold({ ...booking, holdExpiresAt: addMinutes(now, 45) }, addMinutes(now, 60), 10),
    ).toBeNull();
  });

  it("lets what is left after a debit that failed be paid too", () => {
    const left = addMinutes(now, 300);
    const kept = { ...booking, holdExpiresAt: left, holdWithoutDebitAt: left };
    expect(extendedHold(kept, addMinutes(now, 330), 10)).toEqual(addMinutes(now, 335));
    expect(extendedHold(kept, addMinutes(now, 345), 10)).toBeNull();
  });
});

describe("holdAfterDebit", () => {
  const kept = { holdExpiresAt: addMinutes(now, 9_000), holdWithoutDebitAt: addMinutes(now, 30) };

  it("leaves what the hold had, an hour at least, and never more than it was kept", () => {
    expect(holdAfterDebit(kept, now)).toEqual(addMinutes(now, 60));
    const long = addMinutes(now, 600);
    expect(holdAfterDebit({ ...kept, holdWithoutDebitAt: long }, now)).toEqual(long);
    expect(holdAfterDebit({ ...kept, holdExpiresAt: addMinutes(now, 40) }, now)).toEqual(addMinutes(now, 40));
    expect(holdAfterDebit({ ...kept, holdWithoutDebitAt: null }, now)).toEqual(kept.holdExpiresAt);
  });
});

describe("nextFor", () => {
  const open = {
    id: "p",
    state: "requires_action" as const,
    checkoutUrl: "https://page",
    expiresAt: addMinutes(now, 5),
    amountMinor: 100n,
  };

  it("decides what a second click does", () => {
    expect(nextFor(open, 100n, now)).toBe("show");
    expect(nextFor({ ...open, state: "created", checkoutUrl: null }, 100n, now)).toBe("ask_again");
    expect(nextFor({ ...open, expiresAt: now }, 100n, now)).toBe("settle_first");
    expect(nextFor({ ...open, state: "processing" }, 100n, now)).toBe("wait");
  });

  it("closes a page of another sum before it asks for this one, and waits where money is on its way", () => {
    expect(nextFor(open, 60n, now)).toBe("close_first");
    expect(nextFor({ ...open, expiresAt: now }, 60n, now)).toBe("settle_first");
    expect(nextFor({ ...open, state: "processing" }, 60n, now)).toBe("wait");
  });
});

describe("checkoutRequest", () => {
  it("leads back to the payment page of the case, in the language it was started in", () => {
    const request = checkoutRequest({
      payment: { id: "p", amountMinor: 5n, currency: "EUR", expiresAt: now },
      about: { id: "b", caseId: "c", place: "booking" },
      productName: "Valvia deposit, booking B-2026-000001",
      locale: "ar",
      appUrl: "https://valvia.test",
    });
    expect(request.successUrl).toBe(
      "https://valvia.test/ar/my/cases/c/payment?session={CHECKOUT_SESSION_ID}",
    );
    expect(request.cancelUrl).toBe("https://valvia.test/ar/my/cases/c/booking?from=checkout");
    expect(request.amountMinor).toBe("5");
  });
});

describe("statementOf", () => {
  it("adds up: held is paid less refunded less released, and contracts add up to the totals", () => {
    const sum = (kind: string, account: string, contract: "A" | "B" | null, amountMinor: bigint) => ({
      ...{ kind, account, contract, amountMinor },
    });
    const { contracts, totals, passed } = statementOf({
      isEnded: false,
      contractAMode: "held_by_operator",
      taken: { A: 0n, B: 0n },
      again: { A: 0n, B: 0n },
      lines: [{ kind: "treatment", label: null, contract: "A", amountMinor: 3_000n }],
      items: [
        { amountMinor: 500n, contractAMinor: 300n, paidMinor: 500n, paidAMinor: 300n, state: "paid" },
        { amountMinor: 2_700n, contractAMinor: 2_700n, paidMinor: 0n, paidAMinor: 0n, state: "planned" },
        { amountMinor: 900n, contractAMinor: 0n, paidMinor: 0n, paidAMinor: 0n, state: "cancelled" },
      ],
      sums: [
        sum("payment_received", "psp_clearing", null, 500n),
        sum("payment_received", "client_funds_held", "A", -300n),
        sum("payment_received", "client_funds_held", "B", -150n),
        sum("payment_received", "operator_fee_deferred", "B", -50n),
        sum("release", "client_funds_held", "A", 100n),
        sum("fee_earned", "operator_fee_deferred", "B", 30n),
        sum("refund_approved", "client_funds_held", "B", 40n),
        sum("refund_approved", "write_off", null, 5n),
        sum("refund_approved", "refund_payable", null, -45n),
      ],
    });
    const [a, b] = contracts;
    expect(a).toMatchObject({
      plannedMinor: 3_000n,
      paidMinor: 300n,
      heldMinor: 200n,
      releasedMinor: 100n,
      openMinor: 2_700n,
    });
    expect(b).toMatchObject({
      plannedMinor: 200n,
      paidMinor: 200n,
      refundedMinor: 40n,
      heldMinor: 130n,
      openMinor: 0n,
    });
    expect(passed).toEqual({ treatmentMinor: 100n, servicesMinor: 0n, feeMinor: 30n });
    expect(sumMinor(Object.values(passed))).toBe(totals.releasedMinor);
    expect(totals).toMatchObject({
      paidMinor: 500n,
      refundedMinor: 45n,
      borneByOperatorMinor: 5n,
      heldMinor: 330n,
    });
    expect(totals.heldMinor).toBe(
      totals.paidMinor - (totals.refundedMinor - totals.borneByOperatorMinor) - totals.releasedMinor,
    );
  });
});

describe("statementText", () => {
  it("waits for no day any more once the patient was treated", () => {
    const text = statementText("en", "EUR");
    expect(text.held(100n, "2026-10-26", 0n)).toContain("26 October 2026");
    const after = [text.held(100n, "treated", 0n), text.pocket("treatment", 100n, "treated")];
    expect(after.join(" ")).not.toMatch(/at the earliest|has treated you|\{/);
  });

  it("keeps a symbol of letters and a sign in its order inside an Arabic sentence", () => {
    const held = (currency: string) => statementText("ar", currency).held(100n, "treated", 0n);
    expect(held("CNY")).toContain("1.00\u00a0\u2066CN¥\u2069");
    expect(held("USD")).toContain("\u2066US$\u2069");
    expect(held("EUR")).not.toContain("\u2066");
    expect(statementText("en", "CNY").held(100n, "treated", 0n)).toContain("CN¥1.00");
  });

  it("names a contract by the letter of its language", () => {
    const change = { version: 1, fromMinor: 1n, toMinor: 2n, on: "2026-11-22" } as const;
    expect(statementText("en", "EUR").change({ ...change, contract: "B" })).toContain("of contract B,");
    expect(statementText("ar", "EUR").change({ ...change, contract: "B" })).toContain("للعقد (ب)");
  });
});

describe("amountText", () => {
  it("shows as many decimals as the currency has", () => {
    expect(amountText(123_456n, "EUR", "en")).toBe("€1,234.56");
    expect(amountText(1_234n, "JPY", "en")).toBe("¥1,234");
    expect(amountText(1_234n, "KWD", "en").replaceAll(/\s/g, " ")).toBe("KWD 1.234");
    expect(amountText(-5n, "EUR", "en")).toBe("-€0.05");
  });
});
