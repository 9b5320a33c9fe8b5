import { describe, expect, it } from "vitest";
import { addMinutes } from "@/lib/kernel/day";
import { bookingNumberIn, matchTransfer } from "@/lib/payments/bank-transfer";

const now = new Date("2026-11-20T10:00:00Z");

describe("matchTransfer", () => {
  const booking = {
    id: "b",
    caseId: "c",
    number: "B-2026-000001",
    state: "awaiting_deposit",
    patientId: "p",
  };
  const item = {
    id: "i",
    kind: "deposit",
    state: "due",
    currency: "EUR",
    amountMinor: 500n,
    paidMinor: 0n,
    owedMinor: 0n,
    dueOn: now,
    booking,
    payments: [],
  };

  it("finds a booking number however it was typed", () => {
    for (const text of ["B-2026-000001", "pay b2026000001 thanks", "B 2026 - 000001"]) {
      expect(bookingNumberIn(text)).toBe("B-2026-000001");
    }
    expect(bookingNumberIn("Valvia B-2026-1000001")).toBe("B-2026-1000001");
    expect(bookingNumberIn("hello")).toBeNull();
  });

  it("takes the sum that is owed again as paid while the date stands, and nothing else unasked", () => {
    const confirmed = { ...booking, state: "confirmed" };
    const paid = { ...item, booking: confirmed, state: "paid", paidMinor: 500n };
    // Of 300 that the bank took it paid 50 that the payer was owed.
    const owed = { ...paid, id: "l", owedMinor: 250n };
    const of = (amountMinor: bigint, mayDiffer = false, items = [paid, owed]) =>
      matchTransfer(items, { amountMinor, currency: "EUR", mayDiffer });
    expect(of(250n)).toMatchObject({ kind: "matched", item: { id: "l" }, payMinor: 250n });
    for (const other of [200n, 300n])
      expect(of(other)).toMatchObject({ kind: "unmatched", reason: "already_paid" });
    expect(of(200n, true)).toMatchObject({ kind: "matched", payMinor: 200n });
    expect(of(400n, true)).toMatchObject({ kind: "matched", payMinor: 250n });
    expect(of(250n, true, [paid])).toMatchObject({ kind: "unmatched", reason: "already_paid" });
    const open = { ...item, id: "o", kind: "balance", amountMinor: 250n, booking: confirmed };
    expect(of(250n, false, [owed, open])).toMatchObject({ kind: "matched", item: { id: "o" } });
    const gone = { ...owed, booking: { ...booking, state: "cancelled" } };
    expect(of(250n, true, [gone])).toMatchObject({ kind: "unmatched", reason: "already_paid" });
  });

  it("matches only the exact sum of an instalment that may be paid", () => {
    const paid = { amountMinor: 500n, currency: "EUR" };
    expect(matchTransfer([item], paid)).toMatchObject({ kind: "matched" });
    expect(matchTransfer([], paid)).toMatchObject({ reason: "unknown_reference" });
    expect(matchTransfer([item], { ...paid, amountMinor: 499n })).toMatchObject({ reason: "amount_differs" });
    expect(matchTransfer([item], { ...paid, currency: "USD" })).toMatchObject({ reason: "currency_differs" });
    expect(matchTransfer([{ ...item, state: "paid" }], paid)).toMatchObject({ reason: "already_paid" });
    expect(matchTransfer([{ ...item, booking: { ...booking, state: "held" } }], paid)).toMatchObject({
      reason: "not_signed",
    });
    expect(matchTransfer([{ ...item, kind: "balance" }], paid)).toMatchObject({ reason: "deposit_first" });
  });

  const stands = { ...booking, state: "confirmed" };
  const balance = { ...item, id: "z", kind: "balance", state: "planned", booking: stands };
  const sum = (amountMinor: bigint, mayDiffer = true) => ({ amountMinor, currency: "EUR", mayDiffer });

  it("pays a part, or leaves a rest, only where somebody said so", () => {
    expect(matchTransfer([balance], sum(200n, false))).toMatchObject({ reason: "amount_differs" });
    expect(matchTransfer([balance], sum(200n))).toMatchObject({ kind: "matched", payMinor: 200n });
    expect(matchTransfer([balance], sum(700n))).toMatchObject({ kind: "matched", payMinor: 500n });
    const inPart = { ...balance, state: "partially_paid", paidMinor: 200n };
    expect(matchTransfer([inPart], sum(300n, false))).toMatchObject({ kind: "matched", payMinor: 300n });
    expect(matchTransfer([inPart], sum(500n, false))).toMatchObject({ reason: "amount_differs" });
    expect(matchTransfer([inPart], sum(500n))).toMatchObject({ payMinor: 300n });
  });

  it("takes what fits exactly before what is due first, and nothing that fell away", () => {
    const later = { ...balance, id: "later", dueOn: addMinutes(now, 60 * 24 * 30), amountMinor: 900n };
    expect(matchTransfer([later, balance], sum(300n))).toMatchObject({ item: { id: "z" } });
    expect(matchTransfer([later, balance], sum(900n))).toMatchObject({ item: { id: "later" } });
    const gone = { ...balance, state: "cancelled" };
    expect(matchTransfer([gone, later], sum(300n))).toMatchObject({ item: { id: "later" } });
    const ended = { ...balance, booking: { ...booking, state: "cancelled" } };
    expect(matchTransfer([ended], sum(300n))).toMatchObject({ reason: "amount_differs" });
  });

  it("keeps the day with a sum that is exactly the balance's, and pays nothing that fell away with one that is exactly its", () => {
    const later = { ...balance, booking, amountMinor: 900n };
    expect(matchTransfer([item, later], sum(900n))).toMatchObject({ item: { id: "i" }, payMinor: 500n });
    expect(matchTransfer([item, later], sum(900n, false))).toMatchObject({ reason: "deposit_first" });
    const gone = { ...balance, id: "gone", state: "cancelled", amountMinor: 300n };
    expect(matchTransfer([gone, balance], sum(300n))).toMatchObject({ item: { id: "z" }, payMinor: 300n });
    expect(matchTransfer([gone], sum(300n))).toMatchObject({ reason: "amount_differs" });
  });

  it("takes no part of a deposit, and of more than a deposit the deposit", () => {
    expect(matchTransfer([item, balance], sum(499n))).toMatchObject({ reason: "deposit_in_one" });
    expect(matchTransfer([item, { ...balance, booking }], sum(600n))).toMatchObject({
      ...{ item: { id: "i" }, payMinor: 500n },
    });
  });
});
