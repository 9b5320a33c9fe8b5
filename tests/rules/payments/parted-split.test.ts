import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sumMinor } from "@/lib/kernel/money";
import type { RefundSplit } from "@/lib/payments/ledger";
import { keptSplit, partSplit, splitWithin, wishedSplit } from "@/lib/payments/refund";

const POCKETS = ["treatmentMinor", "servicesMinor", "feeMinor"] as const;
const sumOf = (split: RefundSplit) => sumMinor(POCKETS.map((pocket) => split[pocket]));
const sum = () => fc.bigInt({ min: 0n, max: 10_000_000n });
const split = fc.record({ treatmentMinor: sum(), servicesMinor: sum(), feeMinor: sum() });
/** A refund with its split, and a part of it. */
const parted = split
  .filter((whole) => sumOf(whole) > 0n)
  .chain((whole) =>
    fc.record({ whole: fc.constant(whole), partMinor: fc.bigInt({ min: 0n, max: sumOf(whole) }) }),
  );

describe("partSplit", () => {
  it("gives each part its sum out of every pocket by its share, and together they are the whole", () => {
    fc.assert(
      fc.property(parted, ({ whole, partMinor }) => {
        const amountMinor = sumOf(whole);
        const { part, rest } = partSplit(keptSplit(whole), partMinor, amountMinor);
        expect(sumOf(part)).toBe(partMinor);
        expect(sumOf(rest)).toBe(amountMinor - partMinor);
        for (const pocket of POCKETS) {
          expect(part[pocket] + rest[pocket]).toBe(whole[pocket]);
          expect(part[pocket]).toBeGreaterThanOrEqual(0n);
          expect(rest[pocket]).toBeGreaterThanOrEqual(0n);
          const offMinor = part[pocket] * amountMinor - whole[pocket] * partMinor;
          expect(offMinor < 0n ? -offMinor : offMinor).toBeLessThan(amountMinor);
        }
      }),
    );
  });

  it("parts what is within the refund where its split is larger", () => {
    const kept = { treatment: "50", services: "0", fee: "50" };
    expect(partSplit(kept, 20n, 40n)).toEqual({
      part: { treatmentMinor: 10n, servicesMinor: 0n, feeMinor: 10n },
      rest: { treatmentMinor: 10n, servicesMinor: 0n, feeMinor: 10n },
    });
  });
});

describe("splitWithin", () => {
  it("leaves a split that fits as it is, and else is the refund and no unit more", () => {
    fc.assert(
      fc.property(split, sum(), (whole, amountMinor) => {
        const within = splitWithin(keptSplit(whole), amountMinor);
        const isFitting = sumOf(whole) <= amountMinor;
        expect(sumOf(within)).toBe(isFitting ? sumOf(whole) : amountMinor);
        if (isFitting) expect(within).toEqual(whole);
        if (isFitting) return;
        // Every pocket by its share: none is emptied before the others.
        for (const pocket of POCKETS) {
          const offMinor = within[pocket] * sumOf(whole) - whole[pocket] * amountMinor;
          expect(offMinor < 0n ? -offMinor : offMinor).toBeLessThan(sumOf(whole));
          expect(within[pocket] <= whole[pocket]).toBe(true);
        }
      }),
    );
  });

  it("is what a refund asks for whose split is larger than itself", () => {
    const held = { treatmentMinor: 0n, servicesMinor: 0n, feeMinor: 0n };
    const facts = { amountMinor: 100n, contractAMinor: 400n, paidMinor: 400n, held };
    const wish = wishedSplit({ treatment: "400", services: "0", fee: "0" }, facts);
    expect(wish).toEqual({ treatmentMinor: 100n, servicesMinor: 0n, feeMinor: 0n });
  });
});
