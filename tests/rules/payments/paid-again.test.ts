import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sumMinor } from "@/lib/kernel/money";
import { countOnce, dueCredits, type GoneSum, totalsOf } from "@/lib/payments/invoice";
import { splitTax } from "@/lib/payments/tax";

type Event = { kind: "loss" | "again" | "refund"; amountMinor: bigint };

/** A life of one instalment that was paid whole: what a bank takes, what is paid again of that, and what we give back. */
function livesOf(paidMinor: bigint, wishes: readonly { kind: Event["kind"]; percent: number }[]): Event[] {
  let [hereMinor, lostMinor] = [paidMinor, 0n];
  return wishes.flatMap(({ kind, percent }) => {
    const amountMinor = ((kind === "again" ? lostMinor : hereMinor) * BigInt(percent)) / 100n;
    if (amountMinor === 0n) return [];
    hereMinor += kind === "again" ? amountMinor : -amountMinor;
    if (kind !== "refund") lostMinor += kind === "loss" ? amountMinor : -amountMinor;
    return [{ kind, amountMinor }];
  });
}

function sumsOf(paidMinor: bigint, events: readonly Event[], invoicedMinor: bigint, isWaived: boolean) {
  const sum = (kind: Event["kind"]) =>
    sumMinor(events.filter((one) => one.kind === kind).map((one) => one.amountMinor));
  const [lossMinor, againMinor, refundMinor] = [sum("loss"), sum("again"), sum("refund")];
  const marked = events.map((one, at) => ({ ...one, at, by: "bank" as const }));
  const losses = marked.filter(({ kind }) => kind === "loss");
  const brought = { broughtMinor: paidMinor + againMinor, paidMinor, isMadeGood: lossMinor === againMinor };
  const once = countOnce({ ...brought, losses });
  const refunds = marked
    .filter(({ kind }) => kind === "refund")
    .map((one) => ({ ...one, by: "refund" as const }));
  const gone: (GoneSum & { at: number })[] = [...once.losses, ...refunds].toSorted((a, b) => a.at - b.at);
  const line = { id: "one", invoiceId: "of-one", creditedGrossMinor: 0n, creditedTaxMinor: 0n };
  const lines = [{ ...line, grossMinor: invoicedMinor, ...splitTax(invoicedMinor, 1_900) }];
  const facts = { isLive: false, isWaived, bookedMinor: 0n, paidMinor: once.paidMinor, gone, lines };
  const creditedMinor = totalsOf(dueCredits(facts)).grossMinor;
  const hereMinor = once.paidMinor - sumMinor(gone.map((one) => one.amountMinor));
  return { once, creditedMinor, hereMinor, refundMinor, stillLostMinor: lossMinor - againMinor, againMinor };
}

const wish = fc.record({
  kind: fc.constantFrom("loss" as const, "again" as const, "refund" as const),
  percent: fc.integer({ min: 1, max: 100 }),
});
// Sums of a currency without decimals, with two and with three.
const paid = fc.constantFrom(5n, 500n, 50_000n, 500_000n, 123_457n);
const arbitrary = [fc.array(wish, { maxLength: 7 }), paid, fc.integer({ min: 0, max: 250 })] as const;

describe("what is credited where an instalment was paid again", () => {
  it("leaves invoice less credit note less what is kept: what is owed, and never less than nothing", () => {
    fc.assert(
      fc.property(...arbitrary, fc.boolean(), (wishes, paidMinor, percent, isWaived) => {
        const invoicedMinor = (paidMinor * BigInt(percent)) / 100n;
        const events = livesOf(paidMinor, wishes);
        const sums = sumsOf(paidMinor, events, invoicedMinor, isWaived);
        const { creditedMinor, hereMinor, refundMinor, stillLostMinor } = sums;
        // Every sum counted once: what came, less what a bank has still, less what we gave back.
        expect(hereMinor).toBe(paidMinor - stillLostMinor - refundMinor);
        const neverPaidMinor = invoicedMinor > paidMinor ? invoicedMinor - paidMinor : 0n;
        const restMinor = invoicedMinor - creditedMinor;
        const owedMinor = restMinor > hereMinor ? restMinor - hereMinor : 0n;
        expect(creditedMinor >= 0n && restMinor >= 0n).toBe(true);
        expect(creditedMinor <= refundMinor + (isWaived ? neverPaidMinor : 0n)).toBe(true);
        // Asked for is only what a bank has, and what was never paid where the end asks for that.
        expect(owedMinor <= stillLostMinor + (isWaived ? 0n : neverPaidMinor)).toBe(true);
        if (stillLostMinor === 0n) expect(owedMinor).toBe(isWaived ? 0n : neverPaidMinor);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is what it would be had the bank never taken anything, once all of that was paid again", () => {
    fc.assert(
      fc.property(...arbitrary, fc.boolean(), (wishes, paidMinor, percent, isWaived) => {
        const invoicedMinor = (paidMinor * BigInt(percent)) / 100n;
        const lived = livesOf(paidMinor, wishes);
        const lostMinor = sumMinor(
          lived.map(({ kind, amountMinor }) =>
            kind === "refund" ? 0n : kind === "loss" ? amountMinor : -amountMinor,
          ),
        );
        const whole: Event[] = lostMinor > 0n ? [...lived, { kind: "again", amountMinor: lostMinor }] : lived;
        const never = whole.filter(({ kind }) => kind === "refund");
        expect(sumsOf(paidMinor, whole, invoicedMinor, isWaived).creditedMinor).toBe(
          sumsOf(paidMinor, never, invoicedMinor, isWaived).creditedMinor,
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it("takes what came again off the oldest loss, and off no sum that filled again what was given back", () => {
    const losses = [{ amountMinor: 30n }, { amountMinor: 20n }];
    const none = { paidMinor: 100n, isMadeGood: false };
    expect(countOnce({ ...none, broughtMinor: 140n, losses })).toEqual({
      ...{ paidMinor: 100n, losses: [{ amountMinor: 0n }, { amountMinor: 10n }] },
    });
    expect(countOnce({ ...none, broughtMinor: 200n, losses: [] })).toEqual({ paidMinor: 200n, losses: [] });
  });
});
