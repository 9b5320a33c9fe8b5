import { describe, expect, it } from "vitest";
import { clockOf, distanceTo, inOrderOfNeed, taskClockOf } from "@/lib/desk/clock";
import { firstLines, typedLines, unpricedServices } from "@/lib/desk/first-lines";
import type { CatalogueEntry } from "@/lib/estimates/catalogue";
import { shapeOf } from "@/lib/desk/shape";
import { z } from "zod";
import { addHours, addMinutes } from "@/lib/kernel/day";

const now = new Date("2026-11-21T10:00:00Z");

describe("the clock of a case", () => {
  it("fills as the time of its stage goes", () => {
    const half = { stage: "triage", urgent: false, nextAction: null, nextDueAt: addHours(now, 6) } as const;
    expect(clockOf(half, now)).toBeCloseTo(0.5);
  });

  it("is full when the time is over, and empty when more than usual was given", () => {
    expect(
      clockOf({ stage: "triage", urgent: false, nextAction: null, nextDueAt: addHours(now, -3) }, now),
    ).toBe(1);
    expect(
      clockOf({ stage: "triage", urgent: false, nextAction: null, nextDueAt: addHours(now, 40) }, now),
    ).toBe(0);
  });

  it("runs faster for an urgent case", () => {
    const dueAt = addMinutes(now, 30);
    const usual = clockOf({ stage: "triage", urgent: false, nextAction: null, nextDueAt: dueAt }, now) ?? 0;
    const urgent = clockOf({ stage: "triage", urgent: true, nextAction: null, nextDueAt: dueAt }, now) ?? 0;
    expect(urgent).toBeLessThan(usual);
  });

  it("fills as the time for a first answer goes, in whatever stage that is owed", () => {
    const owed = { urgent: false, nextAction: "first_answer", nextDueAt: addMinutes(now, 15) };
    for (const stage of ["submitted", "triage"] as const)
      expect(clockOf({ stage, ...owed }, now)).toBeCloseTo(0.75);
  });

  it("of a task runs from when it was set", () => {
    expect(taskClockOf({ createdAt: addHours(now, -3), dueAt: addHours(now, 1) }, now)).toBeCloseTo(0.75);
    expect(taskClockOf({ createdAt: addHours(now, -3), dueAt: addHours(now, -1) }, now)).toBe(1);
  });

  it("shows nothing when nothing is due", () => {
    expect(clockOf({ stage: "closed", urgent: false, nextAction: null, nextDueAt: null }, now)).toBeNull();
  });

  it.each([
    [addMinutes(now, 25), [25, "minute"]],
    [addHours(now, 3), [3, "hour"]],
    [addHours(now, 80), [3, "day"]],
    [addMinutes(now, -90), [-90, "minute"]],
  ])("says how far %s is", (at, said) => expect(distanceTo(at, now)).toEqual(said));
});

describe("what is due next", () => {
  it("puts urgent patients first, then others who wait too long, and late money behind them", () => {
    const line = (id: string, hours: number, urgent = false, isMoney = false) => {
      return { id, urgent, isMoney, dueAt: addHours(now, hours) };
    };
    const lines = [
      line("late money", -25, false, true),
      line("late patient", -2),
      line("urgent and soon", 1, true),
      line("urgent and late", -0.1, true),
      line("urgent next week", 100, true),
      line("later today", 6),
    ];
    expect(inOrderOfNeed(lines, now).map(({ id }) => id)).toEqual([
      ...["urgent and late", "urgent and soon", "late patient", "late money"],
      ...["later today", "urgent next week"],
    ]);
  });
});

function entry(
  kind: CatalogueEntry["kind"],
  offer: CatalogueEntry["offer"],
  prices: CatalogueEntry["prices"],
): CatalogueEntry {
  const said = { version: 1, quantity: "1", unit: "piece", cause: null, refundRule: "house" as const };
  return { ...said, kind, offer, prices, supplierId: null, savedById: null, savedAt: now };
}

describe("the first lines of an estimate", () => {
  const causes = { fixed: "fixed", stay: "stay", interpreter: "hours", medicine: "weight", varies: "varies" };
  const catalogue: CatalogueEntry[] = [
    entry("hotel", "unlisted", { EUR: { low: 1, expected: 1, high: 1 } }),
    entry("visa", "included", { CNY: { low: 70_000, expected: 70_000, high: 90_000 } }),
    entry("transfer_arrival", "optional", { EUR: { low: 9_500, expected: 9_500, high: 9_500 } }),
  ];
  const price = {
    device: "mitraclip",
    currency: "CNY",
    lowMinor: 100n,
    expectedMinor: 200n,
    highMinor: 300n,
  } as const;

  it("are the centre's own price and our services in the same currency", () => {
    const [treatment, fee] = firstLines(price, { feeEuroCents: 240_000n, rate: "8", catalogue }, causes);
    expect(treatment).toMatchObject({
      contract: "A",
      low: "1",
      expected: "2",
      high: "3",
      device: "mitraclip",
      cause: "stay",
    });
    expect(fee).toMatchObject({ contract: "B", kind: "operator_fee", expected: "19200", optional: false });
  });

  it("begin without sums of ours where nobody has entered a rate: a euro is not one unit of another currency", () => {
    const [treatment, ...ours] = firstLines(
      price,
      { feeEuroCents: 240_000n, rate: null, catalogue: catalogue.slice(2) },
      causes,
    );
    expect(treatment).toMatchObject({ contract: "A", low: "1", expected: "2", high: "3" });
    expect(ours).toHaveLength(2);
    for (const line of ours) expect(line).toMatchObject({ contract: "B", low: "", expected: "", high: "" });
  });

  it("hold the services of the catalogue: in their own price, else reckoned from the euro, never made up", () => {
    const ours = (currency: "CNY" | "EUR", rate: string | null) =>
      firstLines({ ...price, currency }, { feeEuroCents: 240_000n, rate, catalogue }, causes)
        .slice(2)
        .map(({ kind, low, expected, high, optional, cause }) => [
          kind,
          low,
          expected,
          high,
          optional,
          cause,
        ]);
    expect(ours("CNY", "8")).toEqual([
      ["transfer_arrival", "", "760", "", true, "fixed"],
      ["visa", "700", "700", "900", false, "varies"],
    ]);
    expect(ours("CNY", null)[0]).toEqual(["transfer_arrival", "", "", "", true, "fixed"]);
    expect(ours("EUR", "1")[1]).toEqual(["visa", "", "", "", false, "fixed"]);
    expect(unpricedServices("EUR", { feeEuroCents: 0n, rate: "1", catalogue })).toEqual(["visa"]);
    expect(unpricedServices("CNY", { feeEuroCents: 0n, rate: null, catalogue })).toEqual([
      "transfer_arrival",
    ]);
    expect(firstLines(price, { feeEuroCents: 1n, rate: "1", catalogue: [] }, causes)).toHaveLength(2);
  });

  it("name the same fee whatever the centre", () => {
    const ours = { feeEuroCents: 180_000n, rate: "1", catalogue };
    const feeOf = (lines: ReturnType<typeof firstLines>) =>
      lines.find((line) => line.kind === "operator_fee")?.expected;
    expect(feeOf(firstLines(null, ours, causes))).toBe(
      feeOf(firstLines({ ...price, currency: "EUR" }, ours, causes)),
    );
    expect(feeOf(firstLines(null, ours, causes))).toBe("1800");
  });

  it("come back from a draft as they were typed", () => {
    const kept = {
      ...{
        contract: "B" as const,
        kind: "interpreter",
        label: null,
        quantity: 4,
        unit: "hour",
        cause: "hours",
        optional: true,
      },
      ...{ lowMinor: 24_000n, expectedMinor: 30_050n, highMinor: 45_000n, options: null },
    } as const;
    expect(typedLines([kept], "EUR")).toMatchObject([
      { quantity: "4", low: "240", expected: "300.50", device: "" },
    ]);
  });
});

describe("the shape of a body", () => {
  it("is written as fields, with a mark at those that may be left out", () => {
    const schema = z.object({
      to: z.enum(["A", "B"]),
      lines: z.array(z.object({ low: z.int() })),
      note: z.string().optional(),
    });
    expect(shapeOf(schema)).toBe(
      '{\n  to: "A" | "B"\n  lines: {\n    low: integer\n  }[]\n  note?: string\n}',
    );
  });
});
