import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CURRENCIES, sumMinor } from "@/lib/kernel/money";
import { isChargeable } from "@/lib/bookings/chargeable";
import { type Brought, openOf, type PartlyPaid, partRange, takePart, whyNotPart } from "@/lib/bookings/part";

const balance: PartlyPaid = {
  ...{ kind: "balance", state: "due", amountMinor: 1_000n, contractAMinor: 300n },
  ...{ paidMinor: 0n, paidAMinor: 0n },
};

const asked = { kind: "balance", currency: "EUR", amountMinor: 1_000n, paidMinor: 0n };

/** Pays sums one after another, as they come. */
function payAll(from: PartlyPaid, sums: readonly bigint[]) {
  const brought: Brought[] = [];
  const refused: bigint[] = [];
  let item = from;
  for (const amountMinor of sums) {
    const part = takePart(item, amountMinor, brought);
    if (!part) {
      refused.push(amountMinor);
      continue;
    }
    const { contractAMinor, ...after } = part;
    item = { ...item, ...after };
    brought.push({ state: "succeeded", amountMinor, contractAMinor });
  }
  return { item, brought, refused };
}

describe("takePart", () => {
  const instalment = fc.record({
    a: fc.bigInt({ min: 0n, max: 10n ** 10n }),
    b: fc.bigInt({ min: 0n, max: 10n ** 10n }),
  });
  const shares = fc.array(fc.bigInt({ min: 1n, max: 10n ** 10n }), { minLength: 1, maxLength: 8 });

  it("loses no unit: each contract has its own after the last part, and never more on the way", () => {
    fc.assert(
      fc.property(instalment, shares, ({ a, b }, wishes) => {
        fc.pre(a + b > 0n);
        const start: PartlyPaid = { ...balance, amountMinor: a + b, contractAMinor: a };
        const { item, brought, refused } = payAll(start, wishes);
        expect(item.paidMinor).toBe(sumMinor(brought.map((one) => one.amountMinor)));
        expect(item.paidAMinor).toBe(sumMinor(brought.map((one) => one.contractAMinor)));
        expect(item.paidAMinor <= a && item.paidMinor - item.paidAMinor <= b).toBe(true);
        expect(
          brought.every((one) => one.contractAMinor >= 0n && one.contractAMinor <= one.amountMinor),
        ).toBe(true);
        expect(refused.every((sum) => sum > 0n)).toBe(true);
        const open = openOf(item);
        const whole = open > 0n ? takePart(item, open, brought) : null;
        const end = whole ?? item;
        expect(end).toMatchObject({ state: "paid", paidMinor: a + b, paidAMinor: a });
        expect(takePart(item, open + 1n, brought)).toBeNull();
      }),
    );
  });

  it("keeps each contract within what a change left of it between two parts", () => {
    fc.assert(
      fc.property(instalment, fc.bigInt({ min: 1n, max: 9_999n }), fc.boolean(), ({ a, b }, bp, isA) => {
        const sum = ((a + b) * bp) / 10_000n;
        fc.pre(sum > 0n);
        const { item, brought } = payAll({ ...balance, amountMinor: a + b, contractAMinor: a }, [sum]);
        const paidB = item.paidMinor - item.paidAMinor;
        const less = isA ? a - item.paidAMinor : b - paidB;
        const lowered = {
          ...item,
          amountMinor: item.amountMinor - less,
          contractAMinor: a - (isA ? less : 0n),
        };
        const open = openOf(lowered);
        fc.pre(open > 1n);
        const half = takePart(lowered, open / 2n, brought);
        expect(half).not.toBeNull();
        if (!half) return;
        expect(half.contractAMinor >= 0n && half.contractAMinor <= open / 2n).toBe(true);
        expect(half.paidAMinor <= lowered.contractAMinor).toBe(true);
        expect(half.paidMinor - half.paidAMinor <= lowered.amountMinor - lowered.contractAMinor).toBe(true);
        const last = [
          ...brought,
          { state: "succeeded", amountMinor: open / 2n, contractAMinor: half.contractAMinor },
        ];
        const end = takePart(
          { ...lowered, ...half, contractAMinor: lowered.contractAMinor },
          open - open / 2n,
          last,
        );
        expect(end).toMatchObject({ state: "paid", paidAMinor: lowered.contractAMinor });
      }),
    );
  });

  it("moves what was planned or due to paid in part, leaves late what is late, and asks nothing anew that fell away", () => {
    const after = (state: PartlyPaid["state"], sum = 400n) => takePart({ ...balance, state }, sum, [])?.state;
    expect([after("planned"), after("due"), after("partially_paid")]).toEqual(
      Array.from({ length: 3 }, () => "partially_paid"),
    );
    expect([after("overdue"), after("cancelled"), after("waived")]).toEqual([
      "overdue",
      "cancelled",
      "waived",
    ]);
    expect([after("overdue", 1_000n), after("cancelled", 1_000n)]).toEqual(["paid", "paid"]);
  });

  it("takes no more than is open, except in place of what a bank took back", () => {
    const first = { state: "succeeded", amountMinor: 400n, contractAMinor: 120n };
    const inPart: PartlyPaid = { ...balance, state: "partially_paid", paidMinor: 400n, paidAMinor: 120n };
    expect(takePart(inPart, 601n, [first])).toBeNull();
    expect(takePart(inPart, 600n, [first])).toMatchObject({ state: "paid", contractAMinor: 180n });
    const lost = { ...first, state: "lost" };
    expect(takePart(inPart, 600n, [lost])).toMatchObject({ state: "paid", contractAMinor: 180n });
    expect(takePart(inPart, 1_000n, [lost])).toMatchObject({
      ...{ state: "paid", contractAMinor: 300n, paidMinor: 1_000n, paidAMinor: 300n },
    });
    expect(takePart(inPart, 1_001n, [lost])).toBeNull();
  });
});

describe("whyNotPart", () => {
  it("lets a card pay all that is open, or a part that leaves as much as the least part", () => {
    expect(whyNotPart(asked, 1_000n)).toBeNull();
    expect([250n, 400n, 750n].map((sum) => whyNotPart(asked, sum))).toEqual([null, null, null]);
    expect([0n, -5n, 249n, 751n, 1_001n].map((sum) => whyNotPart(asked, sum))).toEqual(
      Array.from({ length: 5 }, () => "invalid_part"),
    );
    const inPart = { ...asked, paidMinor: 600n };
    expect([400n, 300n, 250n].map((sum) => whyNotPart(inPart, sum))).toEqual([
      null,
      "invalid_part",
      "invalid_part",
    ]);
    expect(partRange(inPart)).toBeNull();
    expect(partRange(asked)).toEqual({ leastMinor: 250n, mostMinor: 750n });
  });

  it("takes a deposit in one, for the day hangs on it", () => {
    const deposit = { ...asked, kind: "deposit" };
    expect(whyNotPart(deposit, 1_000n)).toBeNull();
    expect(whyNotPart(deposit, 500n)).toBe("deposit_in_one");
    expect(partRange(deposit)).toBeNull();
  });
});

describe("partRange", () => {
  const amount = fc.oneof(fc.bigInt({ min: 1n, max: 10_000n }), fc.bigInt({ min: 1n, max: 10n ** 12n }));
  const currency = fc.constantFrom(...CURRENCIES);

  it("names only sums a card takes, and each of its ends is taken", () => {
    fc.assert(
      fc.property(amount, amount, currency, (amountMinor, paid, of) => {
        const item = { ...asked, currency: of, amountMinor, paidMinor: paid % amountMinor };
        const range = partRange(item);
        if (!range) return;
        for (const sum of [range.leastMinor, range.mostMinor]) {
          expect(isChargeable(sum, of)).toBe(true);
          expect(whyNotPart(item, sum)).toBeNull();
          expect(sum < openOf(item)).toBe(true);
        }
        const { leastMinor, mostMinor } = range;
        if (leastMinor - 1n !== openOf(item)) expect(whyNotPart(item, leastMinor - 1n)).toBe("invalid_part");
        if (mostMinor + 1n !== openOf(item) && mostMinor === openOf(item) - leastMinor)
          expect(whyNotPart(item, mostMinor + 1n)).toBe("invalid_part");
      }),
    );
  });

  it("leads to the end by card, however large the sum and whichever part is chosen", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 200n, max: 2n * 10n ** 9n }),
        currency,
        fc.array(fc.boolean(), { minLength: 1 }),
        (tens, of, choices) => {
          const amountMinor = tens * 10n;
          let item = { ...asked, currency: of, amountMinor, paidMinor: 0n };
          for (let part = 0; openOf(item) > 99_999_999n; part += 1) {
            const range = partRange(item);
            expect(range).not.toBeNull();
            if (!range) return;
            const sum = choices[part % choices.length] ? range.leastMinor : range.mostMinor;
            item = { ...item, paidMinor: item.paidMinor + sum };
          }
          expect(isChargeable(openOf(item), of)).toBe(true);
        },
      ),
    );
  });

  it("parts a sum larger than one charge", () => {
    const large = { ...asked, currency: "KZT", amountMinor: 1_100_000_000n };
    expect(partRange(large)).toEqual({ leastMinor: 49_999_999n, mostMinor: 99_999_999n });
  });
});
