import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sumMinor } from "@/lib/kernel/money";
import {
  afterEvent,
  canonicalJson,
  ESTIMATE_EDGES,
  ESTIMATE_STATES,
  type EstimateEvent,
  lineKind,
  mayCarryEstimate,
  shownState,
  totalsOf,
} from "@/lib/estimates/estimate";
import { draftEstimateForm } from "@/lib/estimates/forms";
import { deviceRefusal, devicesNamed } from "@/lib/estimates/line-device";

const amounts = fc
  .tuple(fc.nat(10_000_000), fc.nat(10_000_000), fc.nat(10_000_000))
  .map((three) => three.toSorted((one, other) => one - other));
const counted = fc
  .record({ amounts, contract: fc.constantFrom("A" as const, "B" as const), optional: fc.boolean() })
  .map(({ amounts: [low = 0, expected = 0, high = 0], contract, optional }) => ({
    contract,
    optional,
    lowMinor: BigInt(low),
    expectedMinor: BigInt(expected),
    highMinor: BigInt(high),
  }));

describe("totals of an estimate", () => {
  it("add up to the lines in minor units, with and without the optional ones", () => {
    fc.assert(
      fc.property(fc.array(counted, { maxLength: 40 }), (lines) => {
        const totals = totalsOf(lines);
        const required = lines.filter((line) => !line.optional);
        expect(totals.required.expectedMinor).toBe(sumMinor(required.map((line) => line.expectedMinor)));
        expect(totals.withOptional.highMinor).toBe(sumMinor(lines.map((line) => line.highMinor)));
        const { A, B } = totals.contracts;
        expect(A.lowMinor + B.lowMinor).toBe(totals.required.lowMinor);
        expect(totals.required.lowMinor <= totals.required.expectedMinor).toBe(true);
        expect(totals.required.expectedMinor <= totals.required.highMinor).toBe(true);
      }),
    );
  });
});

describe("the canonical writing", () => {
  it("is the same whatever the order of keys, and another one for any other fact", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.bigInt(), fc.array(fc.nat()))),
        (facts) => {
          const turned = Object.fromEntries(Object.entries(facts).toReversed());
          expect(canonicalJson(turned)).toBe(canonicalJson(facts));
          expect(canonicalJson({ ...facts, more: "x" })).not.toBe(canonicalJson({ ...facts, more: "y" }));
        },
      ),
    );
  });

  it("keeps amounts beyond 2^53 apart", () => {
    expect(canonicalJson({ a: 9_007_199_254_740_993n })).not.toBe(
      canonicalJson({ a: 9_007_199_254_740_992n }),
    );
  });
});

describe("the life of an estimate", () => {
  it("knows only the declared edges", () => {
    const events: EstimateEvent[] = ["send", "accept", "reject", "replace", "expire"];
    for (const state of ESTIMATE_STATES) {
      for (const event of events) {
        const edge = ESTIMATE_EDGES.find((one) => one.from === state && one.event === event);
        const after = afterEvent(state, event);
        expect(after).toEqual(
          edge
            ? { ok: true, value: edge.to }
            : { ok: false, reason: "illegal_transition", detail: { from: state, event } },
        );
      }
    }
  });

  it("shows a sent one past its last day as expired, and no other", () => {
    expect(shownState("sent", "2026-11-20", "2026-11-21")).toBe("expired");
    expect(shownState("sent", "2026-11-21", "2026-11-21")).toBe("sent");
    expect(shownState("accepted", "2026-11-20", "2026-11-21")).toBe("accepted");
  });

  it("may be written only on a yes with two signatures", () => {
    const signed = { state: "decided", secondSignedAt: new Date() };
    expect(mayCarryEstimate({ ...signed, verdict: "eligible" }).ok).toBe(true);
    expect(mayCarryEstimate({ ...signed, verdict: "eligible_with_conditions" }).ok).toBe(true);
    expect(mayCarryEstimate({ ...signed, verdict: "not_eligible" })).toMatchObject({
      reason: "verdict_not_positive",
    });
    expect(mayCarryEstimate({ ...signed, verdict: "eligible", secondSignedAt: null })).toMatchObject({
      reason: "not_binding",
    });
    expect(mayCarryEstimate({ ...signed, state: "more_info", verdict: null })).toMatchObject({
      reason: "not_binding",
    });
  });
});

describe("the form of an estimate", () => {
  const line = {
    contract: "B",
    kind: "airport_transfer",
    quantity: 1,
    unit: "ride",
    low: 1,
    expected: 2,
    high: 3,
    cause: "Distance",
  };
  const form = (more: object) =>
    draftEstimateForm.safeParse({ currency: "EUR", validUntil: "2027-01-01", lines: [{ ...line, ...more }] });

  it("takes bare minor units or money, and near words for a kind", () => {
    const parsed = draftEstimateForm.parse({
      currency: "EUR",
      validUntil: "2027-01-01",
      lines: [{ ...line, low: { amount: 1, currency: "EUR" } }],
    });
    expect(parsed.lines[0]).toMatchObject({ kind: "transfer_arrival", low: { amount: 1 }, optional: false });
    expect(lineKind("medicine_shipping")).toBe("medicine_supply");
    expect(lineKind("shaman")).toBe("shaman");
  });

  it("refuses amounts that do not rise, decimals, other currencies, and what no database holds", () => {
    expect(form({ low: 3 }).success).toBe(false);
    expect(form({ high: 1 }).success).toBe(false);
    expect(form({ expected: 1.5 }).success).toBe(false);
    expect(form({ expected: "2" }).success).toBe(false);
    expect(form({ high: 1e15 }).success).toBe(false);
    expect(form({ low: { amount: 1, currency: "USD" } }).success).toBe(false);
    expect(form({ cause: "a\u0000b" }).success).toBe(false);
    expect(form({ quantity: 0 }).success).toBe(false);
    expect(form({ kind: "DROP TABLE" }).success).toBe(false);
    expect(form({}).success).toBe(true);
  });
});

describe("devices in an estimate", () => {
  it("are refused where the clinic's country has not approved them", () => {
    const line = { kind: "device", options: { device: "dragonfly" } };
    expect(deviceRefusal([line], "DE")).toMatchObject({
      reason: "invalid_device",
      detail: { path: "lines.0.device" },
    });
    expect(deviceRefusal([line], "CN")).toBeNull();
    expect(deviceRefusal([{ kind: "device", label: "MitraClip G4" }], "DE")).toBeNull();
    expect(deviceRefusal([{ kind: "device", options: { device: "miracle-valve" } }], "DE")).not.toBeNull();
  });

  it("are found in a label by their longest name", () => {
    expect(devicesNamed({ kind: "device", label: "j-valve-tf, size 28" })).toEqual(["j-valve-tf"]);
    expect(devicesNamed({ kind: "stay", label: "Three days" })).toEqual([]);
  });
});
