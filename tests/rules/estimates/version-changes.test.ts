import { describe, expect, it } from "vitest";
import { factChanges, type Version, versionChanges, type VersionLine } from "@/lib/estimates/version-changes";

const line = (more: Partial<VersionLine>): VersionLine => ({
  ...{ kind: "treatment", label: null, contract: "A", quantity: 1, unit: "case", optional: false },
  ...{ lowMinor: 100n, expectedMinor: 200n, highMinor: 300n },
  ...{ cause: "Fixed price", taxBp: 0, options: null, ...more },
});
const first: Version = {
  ...{ currency: "EUR", validUntil: "2027-01-01", exclusions: ["Flights"], assumptions: [] },
  lines: [line({}), line({ kind: "interpreter", contract: "B", quantity: 4, unit: "hour" })],
};
const told = (after: Version) => versionChanges(first, after).map(({ what }) => what);

describe("what a new version of an estimate says otherwise", () => {
  it("is nothing where nothing changed, in whatever order the lines stand", () => {
    expect(versionChanges(first, { ...first, lines: first.lines.toReversed() })).toEqual([]);
  });

  it("names a new line, one that was left out, and one that asks for something else", () => {
    const [treatment] = first.lines;
    const dearer = { ...treatment, ...line({ highMinor: 301n }) };
    const hotel = line({ kind: "hotel", contract: "B", optional: true });
    expect(versionChanges(first, { ...first, lines: [dearer, hotel] })).toEqual([
      { what: "line_changed", before: treatment, after: dearer },
      { what: "line_added", line: hotel },
      { what: "line_dropped", line: first.lines[1] },
    ]);
    const [, talk] = first.lines;
    if (!talk) throw new Error("A line is missing.");
    for (const more of [{ quantity: 5 }, { unit: "day" }, { optional: true }, { lowMinor: 99n }])
      expect(told({ ...first, lines: [line({}), { ...talk, ...more }] })).toEqual(["line_changed"]);
  });

  it("names another device, treatment, cause or tax at the same price", () => {
    const before = line({ options: { device: "sapien-3", treatment: "tavi-transfemoral" } });
    const from = { ...first, lines: [before] };
    const factsOf = (more: Partial<VersionLine>) =>
      versionChanges(from, { ...first, lines: [{ ...before, ...more }] }).flatMap((change) =>
        change.what === "line_changed" ? factChanges(change.before, change.after) : [],
      );
    const treatment = "tavi-transfemoral";
    expect(factsOf({ options: { device: "evolut", treatment } })).toEqual([
      { fact: "device", name: "", before: "sapien-3", after: "evolut" },
    ]);
    expect(factsOf({ options: { treatment } })).toMatchObject([{ before: "sapien-3", after: "" }]);
    expect(factsOf({ options: { device: "sapien-3" }, cause: "Stay", taxBp: 1900 })).toEqual([
      { fact: "cause", name: "", before: "Fixed price", after: "Stay" },
      { fact: "tax", name: "", before: "0", after: "1900" },
      { fact: "option", name: "treatment", before: treatment, after: "" },
    ]);
    expect(factsOf({ options: { treatment, device: "sapien-3" } })).toEqual([]);
  });

  it("keeps two devices under one name apart, in whatever order they stand", () => {
    const of = (device: string) => line({ kind: "device", options: { device } });
    const [clip, valve, other] = ["triclip", "evolut", "sapien-3"].map(of);
    if (!clip || !valve || !other) throw new Error("A line is missing.");
    const two = { ...first, lines: [clip, valve] };
    expect(versionChanges(two, { ...first, lines: [valve, clip] })).toEqual([]);
    expect(versionChanges(two, { ...first, lines: [valve, other] })).toEqual([
      { what: "line_changed", before: clip, after: other },
    ]);
  });

  it("takes a line that moved to the other contract for another line", () => {
    expect(told({ ...first, lines: [line({ contract: "B" }), ...first.lines.slice(1)] })).toEqual([
      "line_added",
      "line_dropped",
    ]);
  });

  it("keeps two lines of one kind apart", () => {
    const two = { ...first, lines: [line({}), line({ expectedMinor: 250n })] };
    const changed = { ...two, lines: [line({}), line({ expectedMinor: 260n })] };
    expect(versionChanges(two, changed)).toMatchObject([
      { what: "line_changed", after: { expectedMinor: 260n } },
    ]);
    expect(versionChanges(two, { ...two, lines: [line({})] })).toMatchObject([{ what: "line_dropped" }]);
  });

  it("names sentences, currency and the last day", () => {
    const after = {
      ...first,
      currency: "USD",
      validUntil: "2027-02-01",
      exclusions: [],
      assumptions: ["Fit to fly"],
    };
    expect(versionChanges(first, after)).toEqual([
      { what: "exclusion_dropped", text: "Flights" },
      { what: "assumption_added", text: "Fit to fly" },
      { what: "currency", before: "EUR", after: "USD" },
      { what: "valid_until", before: "2027-01-01", after: "2027-02-01" },
    ]);
  });
});
