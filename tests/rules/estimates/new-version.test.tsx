import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { EstimateBuilderRow } from "@/components/estimates/estimate-builder-row";
import { typedLines } from "@/lib/desk/first-lines";
import { builderForm } from "@/lib/desk/forms/builder";
import { nestedForm } from "@/lib/desk/forms/nested";
import { DEVICES } from "@/lib/guides/device";
import { SUPPLY_MODES } from "@/lib/guides/medicine-rules";
import { LINE_KINDS } from "@/lib/estimates/estimate";
import { type Version, versionChanges } from "@/lib/estimates/version-changes";

const sums = { lowMinor: 6_000n, expectedMinor: 9_000n, highMinor: 16_000n };
const line = { contract: "B" as const, label: null, quantity: 1, unit: "piece", optional: true, ...sums };
const supply = {
  ...{ ...line, kind: "medicine_supply", cause: "What the rules ask", taxBp: 1_900 },
  options: { mode: "local" },
};
const device = {
  ...{ ...line, contract: "A" as const, kind: "device", cause: "The size", taxBp: 0 },
  options: { device: DEVICES[0], treatment: "teer", nights: 3, isKept: true },
};
const ownKind = {
  ...line,
  kind: "dentist_at_home",
  cause: "As the dentist writes it",
  taxBp: 0,
  options: null,
};
const first: Version = {
  ...{ currency: "EUR", validUntil: "2027-01-31", lines: [supply, device, ownKind] },
  ...{ exclusions: [], assumptions: [] },
};

const words = {
  ...{ line: "Line", remove: "Remove", contract: "Contract", kind: "Kind", label: "Name" },
  ...{ quantity: "Quantity", unit: "Unit", low: "Low", expected: "Expected", high: "High" },
  ...{ cause: "Cause", optional: "Choice", device: "Device", mode: "Way home", none: "None" },
};
const choicesOf = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
const choices = {
  ...{
    contracts: choicesOf(["A", "B"]),
    kinds: choicesOf(LINE_KINDS),
    devices: choicesOf(DEVICES),
    modes: choicesOf(SUPPLY_MODES),
  },
};

/** What a browser would send of the rows, opened with the lines of a version. */
function sentOf(version: Version): FormData {
  const form = new FormData();
  typedLines(version.lines, version.currency).forEach((typed, place) => {
    const row = renderToStaticMarkup(
      <EstimateBuilderRow {...{ place, shown: place + 1, line: typed, words, choices }} remove={null} />,
    );
    for (const [select, name] of row.matchAll(/<select[^>]* name="([^"]+)".*?<\/select>/gs))
      form.append(name ?? "", /<option value="([^"]*)" selected/.exec(select)?.[1] ?? "");
    for (const [input] of row.matchAll(/<input[^>]*>/g)) {
      const at = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1];
      if (at("type") === "checkbox" && !/ checked/.test(input)) continue;
      form.append(at("name") ?? "", (at("value") ?? "on").replaceAll("&quot;", '"'));
    }
  });
  for (const name of ["currency", "validUntil"] as const) form.append(name, version[name]);
  return form;
}

/** The version that comes of a form. */
function readBack(form: FormData): Version {
  const read = builderForm.parse(nestedForm(form));
  return {
    ...read,
    lines: read.lines.map(({ low, expected, high, device: chosen, options = {}, label = null, ...one }) => ({
      ...{ ...one, label, options: chosen === undefined ? options : { ...options, device: chosen } },
      ...{ lowMinor: BigInt(low.amount), expectedMinor: BigInt(expected.amount) },
      highMinor: BigInt(high.amount),
    })),
  };
}

describe("a new version that begins with the one before", () => {
  it("says nothing else where nobody changed anything, also of what the builder does not ask", () => {
    expect(versionChanges(first, readBack(sentOf(first)))).toEqual([]);
  });

  it("lets go of the facts of a line that became another thing", () => {
    const form = sentOf(first);
    form.set("lines.0.kind", "translation");
    const [line] = readBack(form).lines;
    expect(line).toMatchObject({ kind: "translation", taxBp: 0, options: {} });
  });

  it("refuses facts nobody can read, with the field they came in", () => {
    const form = sentOf(first);
    form.set("lines.0.unasked", "{");
    const read = builderForm.safeParse(nestedForm(form));
    expect(read.error?.issues.map((issue) => issue.path.join("."))).toEqual(["lines.0.unasked"]);
  });
});
