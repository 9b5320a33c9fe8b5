import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sumMinor } from "@/lib/kernel/money";
import type { BookingState } from "@/lib/bookings/booking";
import { addsUp, aloneWord, liveBills, mayBill, maySettle } from "@/lib/payments/bill";
import { type AccountLine, accountOf, sharesOf } from "@/lib/payments/bill-account";
import { type BilledLine, billedTotal, fitsCause, matchOf, proposePairing } from "@/lib/payments/bill-match";
import { doesStand, mirrorOf } from "@/lib/payments/bill-mirror";

const service = (id: string, kind: string, agreed: bigint, more: Partial<AccountLine> = {}): AccountLine => ({
  ...{ id, kind, label: null, quantity: 1, agreedMinor: agreed, highMinor: agreed, isChanged: false },
  ...more,
});
const billed = (
  id: string,
  wording: string,
  amountMinor: bigint,
  more: Partial<BilledLine> = {},
): BilledLine => ({
  ...{ id, wording, amountMinor, code: null, kind: null, quantity: 1 },
  ...more,
});

const TREATMENT = service("treatment", "treatment", 3_000_000n, {
  label: "Mitral clip",
  highMinor: 3_600_000n,
});
const DEVICE = service("device", "device", 500_000n);
const STAY = service("stay", "stay", 400_000n, { quantity: 5, highMinor: 480_000n });
const AGREED = [TREATMENT, DEVICE, STAY];

const matched = (lines: readonly BilledLine[], exclusions: string[] = []) =>
  matchOf(lines, AGREED, exclusions, proposePairing(lines, AGREED));
const pairs = (lines: readonly BilledLine[], exclusions: string[] = []) =>
  matched(lines, exclusions).map(({ billLineId, serviceId, cause }) => [billLineId, serviceId, cause]);

describe("the proposed match of a bill", () => {
  it.each([
    ["the hospital's own kind", billed("a", "Position 1", 3_000_000n, { kind: "treatment" }), "treatment"],
    ["a code that is a word of ours", billed("a", "Pos. 7", 123n, { code: "Stay days" }), "stay"],
    ["English words", billed("a", "Intensive ward, 2 nights", 90_000n), "stay"],
    ["German words", billed("a", "Pflegesatz Normalstation", 80_000n), "stay"],
    ["a German implant", billed("a", "Implantat MitraClip G4", 480_000n), "device"],
    ["Chinese words", billed("a", "手术费", 2_000_000n), "treatment"],
    ["words in common with the agreed line", billed("a", "Mitral clip", 2_900_000n), "treatment"],
    ["nothing at all", billed("a", "Television", 4_000n), null],
  ])("goes by %s", (_by, line, expected) => {
    expect(proposePairing([line], AGREED).get("a")).toBe(expected);
  });

  it("says of each line why it differs, and of each agreed line that was not billed", () => {
    const lines = [
      billed("op", "Procedure", 3_000_000n, { kind: "treatment" }),
      billed("bed", "Ward", 480_000n, { quantity: 6 }),
      billed("tv", "Television", 4_000n),
      billed("blood", "Blood products", 60_000n),
    ];
    expect(pairs(lines, ["Blood products beyond two units", "Flights"])).toEqual([
      ["op", "treatment", "as_estimated"],
      ["bed", "stay", "quantity_differs"],
      ["tv", null, "not_in_estimate"],
      ["blood", null, "excluded"],
      [null, "device", "not_delivered"],
    ]);
  });

  it("calls a line that an accepted change has set so what it is, and one at another price by that", () => {
    const changed = [service("device", "device", 500_000n, { isChanged: true })];
    const at = (amount: bigint) => {
      const lines = [billed("a", "Implant", amount)];
      return matchOf(lines, changed, [], proposePairing(lines, changed))[0]?.cause;
    };
    expect(at(500_000n)).toBe("change_order");
    expect(at(510_000n)).toBe("price_differs");
  });

  it("weighs two bill lines of one agreed line together", () => {
    const lines = [billed("a", "Ward, first week", 150_000n), billed("b", "Ward, second week", 250_000n)];
    expect(pairs(lines).slice(0, 2)).toEqual([
      ["a", "stay", "as_estimated"],
      ["b", "stay", "as_estimated"],
    ]);
  });

  it("lets nobody call a difference none", () => {
    expect(fitsCause("as_estimated", "price_differs")).toBe(false);
    expect(fitsCause("quantity_differs", "price_differs")).toBe(true);
    expect(fitsCause("excluded", "not_in_estimate")).toBe(true);
    expect(fitsCause("not_in_estimate", "as_estimated")).toBe(false);
    expect(fitsCause("price_differs", "not_delivered")).toBe(false);
  });
});

const someBill = fc.array(
  fc.record({
    wording: fc.constantFrom(
      "Ward",
      "Procedure",
      "Implant",
      "Television",
      "Discount",
      "手术费",
      "Mitral clip",
    ),
    kind: fc.constantFrom(null, "stay", "treatment", "device", "other"),
    amount: fc.bigInt({ min: -50_000n, max: 2_000_000n }),
    quantity: fc.integer({ min: 1, max: 9 }),
  }),
  { maxLength: 12 },
);
const linesOf = (
  rows: readonly { wording: string; kind: string | null; amount: bigint; quantity: number }[],
) =>
  rows.map(({ wording, kind, amount, quantity }, index) =>
    billed(`l${index}`, wording, amount, { kind, quantity }),
  );

describe("whatever a hospital bills", () => {
  it("each line stands for one agreed line at most, none is lost, none is made up", () => {
    fc.assert(
      fc.property(someBill, (rows) => {
        const lines = linesOf(rows);
        const match = matched(lines);
        const named = match.flatMap((line) => line.billLineId ?? []);
        expect(named.toSorted()).toEqual(lines.map((line) => line.id).toSorted());
        const spoken = new Set(match.flatMap((line) => line.serviceId ?? []));
        expect([...spoken].toSorted()).toEqual(["device", "stay", "treatment"]);
      }),
    );
  });

  it("the parts of each line and of the whole add up, and no more is owed than agreed", () => {
    fc.assert(
      fc.property(someBill, (rows) => {
        const lines = linesOf(rows);
        if (billedTotal(lines) < 0n) return;
        const sums = accountOf(lines, AGREED);
        const shares = sharesOf(lines, AGREED, proposePairing(lines, AGREED));
        const total = (part: "owedMinor" | "waitingMinor" | "notOwedMinor") =>
          sumMinor([...shares.values()].map((share) => share[part]));
        for (const { id, amountMinor } of lines) {
          const share = shares.get(id);
          expect(share && share.owedMinor + share.waitingMinor + share.notOwedMinor).toBe(amountMinor);
        }
        expect([total("owedMinor"), total("waitingMinor"), total("notOwedMinor")]).toEqual([
          sums.owedMinor,
          sums.waitingMinor,
          sums.notOwedMinor,
        ]);
        expect(sums.owedMinor).toBeLessThanOrEqual(sums.agreedMinor);
        expect(sums.owedMinor + sums.waitingMinor).toBeLessThanOrEqual(sums.ceilingMinor);
      }),
    );
  });
});

describe("the final account", () => {
  const account = (lines: readonly BilledLine[]) => {
    const { owedMinor, waitingMinor, notOwedMinor } = accountOf(lines, AGREED);
    return [owedMinor, waitingMinor, notOwedMinor];
  };

  it("asks for the bill where it is lower than what is agreed", () => {
    expect(account([billed("a", "All", 3_700_000n)])).toEqual([3_700_000n, 0n, 0n]);
  });

  it("keeps what is above for an accepted change, and what is above the ceiling is not owed", () => {
    // Agreed 39,000.00; at most 45,800.00.
    expect(account([billed("a", "All", 4_000_000n)])).toEqual([3_900_000n, 100_000n, 0n]);
    expect(account([billed("a", "All", 4_580_001n)])).toEqual([3_900_000n, 680_000n, 1n]);
  });

  it("lays what is not owed on what was never agreed, before it touches a line that was", () => {
    const lines = [
      billed("op", "Procedure", 3_700_000n, { kind: "treatment" }),
      billed("dev", "Implant", 500_000n),
      billed("bed", "Ward", 400_000n),
      billed("tv", "Television", 50_000n),
    ];
    const shares = sharesOf(lines, AGREED, proposePairing(lines, AGREED));
    expect(shares.get("tv")).toEqual({ owedMinor: 0n, waitingMinor: 0n, notOwedMinor: 50_000n });
    expect(shares.get("op")).toEqual({
      owedMinor: 3_000_000n,
      waitingMinor: 680_000n,
      notOwedMinor: 20_000n,
    });
    expect(shares.get("bed")).toEqual({ owedMinor: 400_000n, waitingMinor: 0n, notOwedMinor: 0n });
  });
});

describe("bills and corrections", () => {
  const bill = (
    id: string,
    correctsId: string | null = null,
    state: "entered" | "confirmed" | "rejected" = "confirmed",
  ) => ({
    ...{ id, correctsId, state },
  });
  const live = (...bills: ReturnType<typeof bill>[]) => liveBills(bills).map(({ id }) => id);

  it("count until a correction that counts stands for them", () => {
    expect(live(bill("1"), bill("2"))).toEqual(["1", "2"]);
    expect(live(bill("1"), bill("2", "1"))).toEqual(["2"]);
    expect(live(bill("1"), bill("2", "1", "entered"))).toEqual(["1"]);
    expect(live(bill("1"), bill("2", "1", "rejected"))).toEqual(["1"]);
    expect(live(bill("1"), bill("2", "1"), bill("3", "2"))).toEqual(["3"]);
  });

  it("add up to the last minor unit", () => {
    expect(addsUp([{ amountMinor: 10n }, { amountMinor: -3n }], 7n)).toBe(true);
    expect(addsUp([{ amountMinor: 10n }], 11n)).toBe(false);
  });

  it("come from the treatment on and until the case is closed; the account waits for the discharge", () => {
    const of = (state: BookingState) => ({ state, isTreated: true });
    expect(mayBill({ state: "confirmed", isTreated: false }, "on_site")).toBe(false);
    expect(mayBill(of("confirmed"), "treated")).toBe(true);
    expect(maySettle(of("confirmed"), "treated")).toBe(false);
    expect(maySettle(of("completed"), "settling")).toBe(true);
    expect(mayBill(of("completed"), "closed")).toBe(false);
    expect(mayBill(of("cancelled"), "treated")).toBe(false);
  });
});

describe("a match somebody made", () => {
  const full = { ...{ lineId: "x", unit: "piece" }, estimate: null };
  const lines = [{ ...DEVICE, ...full }];
  const bill = {
    lines: [{ ...billed("a", "Television", 500_000n), ...{ billId: "b", position: 1, unit: "piece" } }],
  };
  const stored = {
    ...{ id: "m", version: 1, authorRole: "clinic_manager", authorName: "Mia", madeAt: new Date(0) },
    lines: [{ billLineId: "a", serviceId: "device", cause: "as_estimated" as const, note: null }],
  };

  it("counts before the proposal, until another bill or a change makes it old", () => {
    expect(mirrorOf([bill], lines, [], stored).by).toBe(stored);
    const later = { lines: [{ ...billed("b", "Ward", 1n), ...{ billId: "c", position: 1, unit: "night" } }] };
    expect(mirrorOf([bill, later], lines, [], stored).by).toBeNull();
    const changed = [{ ...DEVICE, ...full, agreedMinor: 400_000n }];
    expect(mirrorOf([bill], changed, [], stored)).toMatchObject({
      by: null,
      match: [{ serviceId: null }, {}],
    });
  });
});

describe("a kept match", () => {
  const as = (id: string, position: number) => ({
    ...billed(id, id, 100_000n),
    ...{ billId: "b", position, unit: "piece" },
  });
  const lines = [{ ...DEVICE, lineId: "x", unit: "piece", estimate: null }];
  const bill = { lines: [as("one", 1), as("two", 2), as("three", 3)] };
  const said = { cause: "not_in_estimate" as const, note: null };
  const stored = (ids: readonly string[]) => ({
    ...{ id: "m", version: 1, authorRole: "finance", authorName: "Fin", madeAt: new Date(0) },
    lines: [
      { ...said, billLineId: null, serviceId: "device", cause: "not_delivered" as const },
      ...ids.map((billLineId) => ({ ...said, billLineId, serviceId: null })),
    ],
  });

  it("stands in the order of the invoice, whatever order it was read in", () => {
    for (const ids of [
      ["one", "three", "two"],
      ["three", "two", "one"],
    ]) {
      const { by, match } = mirrorOf([bill], lines, [], stored(ids));
      expect(by).not.toBeNull();
      expect(match.map(({ billLineId }) => billLineId)).toEqual(["one", "two", "three", null]);
    }
  });

  it("closes an account that stands until bill, agreement or match are others", () => {
    const mirror = mirrorOf([bill], lines, [], stored(["one", "two", "three"]));
    const { billedMinor, agreedMinor } = mirror.sums;
    const account = { billedMinor, agreedMinor, matchId: "m" };
    expect(doesStand(account, mirror)).toBe(true);
    expect(doesStand(null, mirror)).toBe(false);
    expect(doesStand({ ...account, billedMinor: billedMinor + 1n }, mirror)).toBe(false);
    expect(doesStand({ ...account, agreedMinor: agreedMinor - 1n }, mirror)).toBe(false);
    expect(doesStand({ ...account, matchId: "another" }, mirror)).toBe(false);
    expect(doesStand(account, { ...mirror, by: null })).toBe(false);
  });
});

describe("a billed line that stands for no agreed one", () => {
  it("lies within the agreed sum where nothing of it waits or is refused, and never where it was excluded", () => {
    expect(aloneWord("not_in_estimate", 0n)).toBe("within_agreed");
    expect(aloneWord("not_in_estimate", 1n)).toBe("not_in_estimate");
    expect(aloneWord("excluded", 0n)).toBe("excluded");
  });
});
