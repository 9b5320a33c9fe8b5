import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { taxWithin } from "@/lib/kernel/money";
import { matrixOf, sliceSums } from "@/lib/bookings/refund-matrix";
import { borneLines, dueCredits, dueInvoice, type InvoiceFacts, totalsOf } from "@/lib/payments/invoice";
import { refundOfQuote } from "@/lib/payments/refund";
import { ruleFor, splitTax, taxRulesOf, type TaxRules } from "@/lib/payments/tax";

const at = new Date("2026-05-04T10:00:00Z");
const standard = { treatment: "standard", rateBp: 1_900, note: "" } as const;
const rules: TaxRules = {
  operator_fee: standard,
  interpreter: standard,
  medicine_supply: { treatment: "exempt", rateBp: 0, note: "§ 4 No. 14" },
};
const { feeSlices } = matrixOf("2026-11b");
const service = (kind: string, amountMinor: bigint, deliveredAt: Date | null = at) => ({
  ...{ id: kind, kind, amountMinor, deliveredAt },
});
const facts = (more: Partial<InvoiceFacts>): InvoiceFacts => ({
  ...{ services: [], slices: [], invoiced: [], rules, feeSlices },
  ...more,
});

describe("tax within a sum", () => {
  it("is what the rate adds to the rest, to the nearest unit", () => {
    expect(taxWithin(11_900n, 1_900)).toBe(1_900n);
    expect(taxWithin(10_000n, 1_900)).toBe(1_597n);
    expect(taxWithin(1n, 1_900)).toBe(0n);
    expect(taxWithin(0n, 1_900)).toBe(0n);
    expect(taxWithin(-11_900n, 1_900)).toBe(-1_900n);
    expect(taxWithin(107n, 700)).toBe(7n);
  });

  it("and the net sum make the whole, for every sum and rate", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 13n), fc.integer({ min: 0, max: 10_000 }), (grossMinor, rateBp) => {
        const { netMinor, taxMinor } = splitTax(grossMinor, rateBp);
        expect(netMinor + taxMinor).toBe(grossMinor);
        expect(netMinor).toBeGreaterThanOrEqual(0n);
        expect(taxMinor).toBeGreaterThanOrEqual(0n);
      }),
    );
  });
});

describe("tax rules", () => {
  it("are read as they were kept, and nothing of a damaged setting", () => {
    expect(taxRulesOf(rules)).toEqual(rules);
    expect(taxRulesOf({ visa: { treatment: "exempt", rateBp: 0, note: "" } })).toEqual({});
    expect(taxRulesOf({ visa: { treatment: "exempt", rateBp: 700, note: "why" } })).toEqual({});
    expect(taxRulesOf("19 %")).toEqual({});
  });

  it("hold a kind nobody has named as another service, and guess nothing", () => {
    expect(ruleFor(rules, "flowers")).toBeNull();
    expect(ruleFor({ ...rules, other: standard }, "flowers")).toEqual(standard);
  });
});

describe("what is to be invoiced", () => {
  it("is what was delivered and stands on no invoice, with the tax of its kind", () => {
    const services = [service("interpreter", 11_900n), service("medicine_supply", 5_000n)];
    const { lines, untaxed } = dueInvoice(facts({ services }));
    expect(untaxed).toEqual([]);
    expect(lines.map(({ kind, netMinor, taxMinor, note }) => ({ kind, netMinor, taxMinor, note }))).toEqual([
      { kind: "interpreter", netMinor: 10_000n, taxMinor: 1_900n, note: "" },
      { kind: "medicine_supply", netMinor: 5_000n, taxMinor: 0n, note: "§ 4 No. 14" },
    ]);
    const invoiced = [{ serviceId: "interpreter", slice: null }];
    expect(dueInvoice(facts({ services, invoiced })).lines.map((line) => line.kind)).toEqual([
      "medicine_supply",
    ]);
  });

  it("leaves out what was not delivered, what cost nothing, and names what nobody can tax", () => {
    const services = [service("interpreter", 100n, null), service("interpreter", 0n), service("hotel", 100n)];
    expect(dueInvoice(facts({ services }))).toEqual({ lines: [], untaxed: ["hotel"] });
  });

  it("takes the fee slice by slice, and the slices add up to it to the last unit", () => {
    const services = [service("operator_fee", 240_001n, null)];
    const slices = [{ slice: "papers" as const, earnedAt: at }];
    const first = dueInvoice(facts({ services, slices })).lines;
    expect(first).toMatchObject([{ slice: "papers", grossMinor: sliceSums(240_001n, feeSlices).papers }]);
    const invoiced = [{ serviceId: "operator_fee", slice: "papers" }];
    expect(dueInvoice(facts({ services, slices, invoiced })).lines).toEqual([]);
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), (fee) => {
        const sums = sliceSums(fee, feeSlices);
        expect(sums.papers + sums.arrival + sums.return + sums.settlement).toBe(fee);
      }),
    );
  });
});

describe("what is to be invoiced after the end", () => {
  const ended = { isLive: false, isWaived: false, bookedMinor: 300_000n, paidMinor: 100_000n, lines: [] };
  const drafts = (...sums: bigint[]) =>
    dueInvoice(
      facts({ services: sums.map((sum, index) => ({ ...service("interpreter", sum), id: `${index}` })) }),
    ).lines;
  const sums = (...asked: Parameters<typeof borneLines>) =>
    borneLines(...asked).map((line) => line.grossMinor);

  it("is all of it where nothing came back, also what is not paid", () => {
    expect(sums(drafts(60_000n, 70_000n), { ...ended, gone: [] })).toEqual([60_000n, 70_000n]);
  });

  it("is not what nobody is asked for, the last line first, each with the tax of what is left", () => {
    const waived = { ...ended, isWaived: true, gone: [] };
    expect(sums(drafts(60_000n, 70_000n), waived)).toEqual([60_000n, 40_000n]);
    expect(borneLines(drafts(119_000n), waived)).toMatchObject([{ netMinor: 84_034n, taxMinor: 15_966n }]);
    expect(sums(drafts(60_000n, 70_000n), { ...waived, paidMinor: 50_000n })).toEqual([50_000n]);
  });

  it("is whole where the cause asks for more than was paid, and what came back is credited apart", () => {
    const asked = { ...ended, paidMinor: 48_000n, gone: [{ by: "refund" as const, amountMinor: 3_618n }] };
    expect(sums(drafts(50_000n), asked)).toEqual([50_000n]);
  });

  it("never has a credit note to follow at once where nobody is asked for more", () => {
    const sum = fc.bigInt(0n, 200_000n);
    const gone = fc.array(fc.record({ by: fc.constant("refund" as const), amountMinor: sum }));
    fc.assert(
      fc.property(fc.array(sum, { maxLength: 4 }), gone, sum, (all, went, paidMinor) => {
        const known = { ...ended, gone: went, paidMinor, isWaived: true };
        const lines = borneLines(drafts(...all), known).map((line, index) => ({
          ...{ id: `${index}`, invoiceId: "one", creditedGrossMinor: 0n, creditedTaxMinor: 0n },
          ...{ netMinor: line.netMinor, taxMinor: line.taxMinor, grossMinor: line.grossMinor },
        }));
        expect(dueCredits({ ...known, lines })).toEqual([]);
        for (const line of lines) expect(line.netMinor + line.taxMinor).toBe(line.grossMinor);
      }),
    );
  });
});

describe("what is to be credited", () => {
  const line = (id: string, grossMinor: bigint, more = {}) => ({
    ...{ id, invoiceId: `of-${id}`, grossMinor, ...splitTax(grossMinor, 1_900) },
    ...{ creditedGrossMinor: 0n, creditedTaxMinor: 0n },
    ...more,
  });
  const live = { isLive: true, isWaived: false, bookedMinor: 300_000n, paidMinor: 300_000n };
  const gave = (amountMinor: bigint) => [{ by: "refund" as const, amountMinor }];

  it("is nothing while what came back was never invoiced", () => {
    const lines = [line("one", 100_000n)];
    expect(dueCredits({ ...live, gone: gave(200_000n), lines })).toEqual([]);
    expect(dueCredits({ ...live, isLive: false, paidMinor: 60_000n, gone: [], lines })).toEqual([]);
  });

  it("is first and whole what the end waives, though nothing has come back yet, and once", () => {
    const lines = [line("fee", 50_000n, { isWaived: true }), line("ride", 40_000n)];
    const ended = { ...live, isLive: false, isWaived: true, paidMinor: 240_000n, lines };
    const notes = (wish: object) =>
      dueCredits({ ...ended, gone: [], ...wish }).map((one) => `${one.lineId} ${one.grossMinor}`);
    expect(notes({})).toEqual(["fee 50000"]);
    expect(notes({ gone: gave(200_000n) })).toEqual(["fee 50000"]);
    expect(notes({ gone: gave(210_000n) })).toEqual(["fee 50000", "ride 10000"]);
    const credited = [
      line("fee", 50_000n, { isWaived: true, creditedGrossMinor: 50_000n }),
      line("ride", 40_000n),
    ];
    expect(notes({ lines: credited, gone: gave(200_000n) })).toEqual([]);
  });

  it("is what was never paid where a trip ended for a cause that asks nobody for it", () => {
    const lines = [line("fee", 37_500n)];
    const ended = { ...live, isLive: false, paidMinor: 30_000n, lines };
    const sum = (wish: object) => dueCredits({ ...ended, gone: [], ...wish })[0]?.grossMinor ?? 0n;
    expect(sum({})).toBe(0n);
    expect(sum({ isWaived: true })).toBe(7_500n);
    expect(sum({ isWaived: true, gone: gave(30_000n) })).toBe(37_500n);
    expect(sum({ isWaived: true, lines: [line("fee", 37_500n, { creditedGrossMinor: 37_500n })] })).toBe(0n);
  });

  it("lowers the newest lines first by what of them came back, with their tax", () => {
    const lines = [line("new", 11_900n), line("old", 100_000n)];
    const all = { isLive: false, isWaived: false, bookedMinor: 300_000n, paidMinor: 111_900n, lines };
    expect(dueCredits({ ...all, gone: gave(21_900n) })).toEqual([
      { lineId: "new", invoiceId: "of-new", grossMinor: 11_900n, taxMinor: 1_900n, netMinor: 10_000n },
      { lineId: "old", invoiceId: "of-old", grossMinor: 10_000n, taxMinor: 1_596n, netMinor: 8_404n },
    ]);
  });

  it("credits nothing a second time and never more than a line, however the money comes back", () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt(1n, 1_000_000n), { minLength: 1, maxLength: 4 }),
        fc.array(fc.bigInt(1n, 900_000n), { minLength: 1, maxLength: 6 }),
        (sums, refunds) => {
          let lines = sums.map((sum, index) => line(`${index}`, sum));
          const paidMinor = sums.reduce((all, sum) => all + sum, 0n);
          let refundedMinor = 0n;
          for (const refund of refunds) {
            refundedMinor += refundedMinor + refund > paidMinor ? paidMinor - refundedMinor : refund;
            const given = {
              isLive: false,
              isWaived: false,
              bookedMinor: 0n,
              paidMinor,
              gone: gave(refundedMinor),
            };
            for (const credit of dueCredits({ ...given, lines })) {
              expect(credit.netMinor).toBeGreaterThanOrEqual(0n);
              expect(credit.taxMinor).toBeGreaterThanOrEqual(0n);
              lines = lines.map((one) =>
                one.id === credit.lineId
                  ? {
                      ...one,
                      creditedGrossMinor: one.creditedGrossMinor + credit.grossMinor,
                      creditedTaxMinor: one.creditedTaxMinor + credit.taxMinor,
                    }
                  : one,
              );
            }
            expect(dueCredits({ ...given, lines })).toEqual([]);
            const credited = lines.reduce((all, one) => all + one.creditedGrossMinor, 0n);
            expect(credited).toBe(refundedMinor);
          }
          for (const one of lines.filter((row) => row.creditedGrossMinor === row.grossMinor))
            expect(one.creditedTaxMinor).toBe(one.taxMinor);
        },
      ),
    );
  });

  it("is never more than was given back, nor for what a bank took, in any order", () => {
    const sum = fc.record({
      by: fc.constantFrom("refund" as const, "bank" as const),
      amountMinor: fc.bigInt(0n, 900n),
    });
    fc.assert(
      fc.property(fc.array(sum), fc.bigInt(0n, 2_000n), fc.boolean(), (gone, paidMinor, isLive) => {
        const given = {
          isLive,
          isWaived: false,
          bookedMinor: 1_500n,
          paidMinor,
          lines: [line("one", 1_000n)],
        };
        const creditOf = (some: typeof gone) => totalsOf(dueCredits({ ...given, gone: some })).grossMinor;
        const refunds = gone.filter(({ by }) => by === "refund");
        const givenMinor = refunds.reduce((all, one) => all + one.amountMinor, 0n);
        expect(creditOf(gone) <= givenMinor).toBe(true);
        // A loss after all refunds, or of a trip that goes on, changes nothing.
        expect(creditOf([...refunds, ...gone.filter(({ by }) => by === "bank")])).toBe(creditOf(refunds));
        if (isLive) expect(creditOf(gone)).toBe(creditOf(refunds));
      }),
    );
  });

  it("adds its lines up", () => {
    expect(totalsOf([line("one", 119n), line("two", 119n)])).toEqual({
      ...{ netMinor: 200n, taxMinor: 38n, grossMinor: 238n },
    });
  });
});

const NOTHING_ASKED = { A: 0n, B: 0n };

describe("a refund after slices of the fee were earned", () => {
  it("leaves nothing of the fee twice: what was earned has left the held money before", () => {
    const quote = {
      parts: [{ kind: "operator_fee", contract: "B" as const, keptMinor: 25n }],
      contracts: { A: { refundMinor: 0n }, B: { refundMinor: 75n } },
    };
    const held = { treatmentMinor: 0n, servicesMinor: 10n, feeMinor: 75n };
    const fromFee = { treatmentMinor: 0n, servicesMinor: 0n, feeMinor: 75n };
    expect(refundOfQuote(quote, held, NOTHING_ASKED, { earnedMinor: 25n, passedOnMinor: 0n })).toEqual(
      fromFee,
    );
  });

  it("leaves to the driver what was driven when an earned fee is waived", () => {
    const quote = {
      parts: [
        { kind: "transfer_arrival", contract: "B" as const, keptMinor: 200n },
        { kind: "hotel", contract: "B" as const, keptMinor: 0n },
        { kind: "operator_fee", contract: "B" as const, keptMinor: 0n },
      ],
      contracts: { A: { refundMinor: 10_000n }, B: { refundMinor: 1_800n } },
    };
    const held = { treatmentMinor: 10_000n, servicesMinor: 1_000n, feeMinor: 400n };
    const right = { treatmentMinor: 10_000n, servicesMinor: 800n, feeMinor: 1_000n };
    expect(refundOfQuote(quote, held, NOTHING_ASKED, { earnedMinor: 600n, passedOnMinor: 0n })).toEqual(
      right,
    );
    const paidOut = { ...held, servicesMinor: 800n };
    expect(refundOfQuote(quote, paidOut, NOTHING_ASKED, { earnedMinor: 600n, passedOnMinor: 200n })).toEqual(
      right,
    );
  });
});
