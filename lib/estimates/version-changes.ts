import type { Range } from "./estimate";
import { devicesNamed } from "./line-device";

export interface VersionLine extends Range {
  kind: string;
  label: string | null;
  contract: "A" | "B";
  quantity: number;
  unit: string;
  optional: boolean;
  cause: string;
  taxBp: number;
  options: Readonly<Record<string, unknown>> | null;
}

export interface Version {
  currency: string;
  validUntil: string;
  lines: readonly VersionLine[];
  exclusions: readonly string[];
  assumptions: readonly string[];
}

export type VersionChange =
  | { what: "line_added" | "line_dropped"; line: VersionLine }
  | { what: "line_changed"; before: VersionLine; after: VersionLine }
  | { what: "currency" | "valid_until"; before: string; after: string }
  | { what: "exclusion_added" | "exclusion_dropped"; text: string }
  | { what: "assumption_added" | "assumption_dropped"; text: string };

/** What a later version of an estimate says otherwise than an earlier one, in the order of the later. Empty when nothing. */
export function versionChanges(before: Version, after: Version): VersionChange[] {
  const left = [...before.lines];
  const taken = (isIt: (one: VersionLine) => boolean) => {
    const index = left.findIndex(isIt);
    return index < 0 ? [] : left.splice(index, 1);
  };
  // What stayed as it was goes first: of two lines of one kind the other one is the one that changed.
  const others = after.lines.filter(
    (line) => taken((one) => isSame(one, line) && asks(one) === asks(line)).length === 0,
  );
  const lines = others.map((line): VersionChange => {
    const [found] = taken((one) => isSame(one, line));
    return found ? { what: "line_changed", before: found, after: line } : { what: "line_added", line };
  });
  const facts = (["currency", "validUntil"] as const).flatMap((fact): VersionChange[] =>
    before[fact] === after[fact]
      ? []
      : [
          {
            what: fact === "currency" ? fact : "valid_until",
            before: before[fact],
            after: after[fact],
          },
        ],
  );
  return [
    ...lines,
    ...left.map((line) => ({ what: "line_dropped" as const, line })),
    ...sentences("exclusion", before.exclusions, after.exclusions),
    ...sentences("assumption", before.assumptions, after.assumptions),
    ...facts,
  ];
}

function isSame(one: VersionLine, other: VersionLine): boolean {
  return one.kind === other.kind && one.label === other.label && one.contract === other.contract;
}

/** What a line asks for; two that differ in it are one line that changed. */
function asks(line: VersionLine): string {
  const { quantity, unit, optional, lowMinor, expectedMinor, highMinor } = line;
  const sums = [lowMinor, expectedMinor, highMinor].map(String);
  return JSON.stringify([quantity, unit, optional, ...sums, factsOf(line)]);
}

/** What a line says besides how much of it and its sums; `before` and `after` are empty where nothing is said. */
export interface FactChange {
  fact: "device" | "cause" | "tax" | "option";
  /** Which option. */
  name: string;
  before: string;
  after: string;
}

/** In which facts two versions of a line differ: devices as slugs, tax in basis points. */
export function factChanges(before: VersionLine, after: VersionLine): FactChange[] {
  const [was, is] = [factsOf(before), factsOf(after)].map((facts) => new Map(facts));
  if (!was || !is) return [];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [told, says] = [was.get(key) ?? "", is.get(key) ?? ""];
    if (told === says) return [];
    const [fact, name] = key.startsWith("option ") ? ["option" as const, key.slice(7)] : [factOf(key), ""];
    return [{ fact, name, before: told, after: says }];
  });
}

function factOf(key: string): FactChange["fact"] {
  return key === "device" || key === "cause" ? key : "tax";
}

function factsOf(line: VersionLine): [string, string][] {
  const options = Object.entries(line.options ?? {}).filter(([name]) => name !== "device");
  return [
    ["device", devicesNamed(line).toSorted().join(", ")],
    ["cause", line.cause.trim()],
    ["tax", `${line.taxBp}`],
    ...options
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([name, value]): [string, string] => [`option ${name}`, String(value)]),
  ];
}

function sentences(
  name: "exclusion" | "assumption",
  before: readonly string[],
  after: readonly string[],
): VersionChange[] {
  const of = (ending: "added" | "dropped", texts: readonly string[], others: readonly string[]) =>
    texts
      .filter((text) => !others.includes(text))
      .map((text) => ({ what: `${name}_${ending}` as const, text }));
  return [...of("added", after, before), ...of("dropped", before, after)];
}
