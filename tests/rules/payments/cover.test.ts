import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverOf, coverPostings } from "@/lib/payments/cover";

const of = (servicesMinor: bigint, feeMinor: bigint) => ({ servicesMinor, feeMinor });

describe("what one pocket of an ended contract covers for the other", () => {
  it.each([
    ["nothing where each has its own", of(116n, 480n), of(100n, 400n), 0n],
    ["nothing where both lack and the fee has nothing", of(10n, 0n), of(100n, 400n), 0n],
    ["the fee out of the services, as far as it lacks", of(116n, 480n), of(0n, 596n), 116n],
    ["no more than the services hold beyond what is kept of them", of(116n, 480n), of(30n, 596n), 86n],
    ["the services out of the fee", of(116n, 480n), of(400n, 0n), -284n],
    ["the services first, where there is not enough for both", of(116n, 480n), of(400n, 396n), -284n],
    ["no more than the fee holds", of(116n, 200n), of(400n, 396n), -200n],
    ["what a refund asks of the services and they do not hold", of(-20n, 100n), of(0n, 100n), -20n],
    ["nothing out of what a refund asks of the fee", of(10n, -20n), of(100n, 0n), 0n],
  ])("%s", (_words, free, kept, moveMinor) => expect(coverOf(free, kept)).toBe(moveMinor));

  it("leaves the services what is kept of them, the fee nothing while they lack, and nothing to cover again", () => {
    const pocket = fc.bigInt(-1_000n, 10n ** 9n);
    const pockets = fc.record({ servicesMinor: pocket, feeMinor: pocket });
    const kept = fc.bigInt(0n, 10n ** 9n);
    fc.assert(
      fc.property(pockets, fc.record({ servicesMinor: kept, feeMinor: kept }), (free, keeps) => {
        const moveMinor = coverOf(free, keeps);
        const services = free.servicesMinor - moveMinor - keeps.servicesMinor;
        const fee = free.feeMinor + moveMinor - keeps.feeMinor;
        if (moveMinor > 0n) expect(services >= 0n && fee <= 0n).toBe(true);
        if (moveMinor < 0n) expect(services <= 0n && free.feeMinor + moveMinor >= 0n).toBe(true);
        expect(services > 0n && fee < 0n).toBe(false);
        expect(services < 0n && free.feeMinor + moveMinor > 0n).toBe(false);
        // What has been covered once is not covered again.
        const after = of(free.servicesMinor - moveMinor, free.feeMinor + moveMinor);
        expect(coverOf(after, keeps)).toBe(0n);
      }),
    );
  });

  it("is booked between the two pockets of contract B, and comes to zero", () => {
    expect(coverPostings(116n)).toEqual([
      { account: "client_funds_held", contract: "B", amountMinor: 116n },
      { account: "operator_fee_deferred", contract: "B", amountMinor: -116n },
    ]);
    expect(coverPostings(0n)).toEqual([]);
  });
});
