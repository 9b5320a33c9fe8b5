import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const tokens = readFileSync(path.join(process.cwd(), "app", "tokens.css"), "utf8");

/** The colours of a theme: of the first rule the pattern finds. */
function coloursOf(rule: RegExp): Record<string, string> {
  const body = rule.exec(tokens)?.[1] ?? "";
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*(#[\da-f]{6});/g)].map(([, name, hex]) => [name, hex]),
  );
}

const light = coloursOf(/:root \{([^}]*)\}/);
const dark = coloursOf(/:root:not\(\[data-theme="light"\]\) \{([^}]*)\}/);
const chosen = coloursOf(/:root\[data-theme="dark"\] \{([^}]*)\}/);

/** Relative luminance of a colour, WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one = "#000000", other = "#000000"): number {
  const [bright = 0, dim = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (bright + 0.05) / (dim + 0.05);
}

const GROUNDS = ["paper", "card", "primary-tint", "attention-tint", "danger-tint", "good-tint"];
const WORDS = ["ink", "ink-soft", "primary", "primary-hover"];
const TONES = ["attention", "danger", "good"];

describe.each([
  ["light", light],
  ["dark", dark],
])("the colours of the %s theme", (_, colours) => {
  it("let every word be read on every ground it may stand on", () => {
    const pairs = [
      ...WORDS.flatMap((word) => GROUNDS.map((ground) => [word, ground])),
      ...TONES.flatMap((tone) => ["paper", "card", `${tone}-tint`].map((ground) => [tone, ground])),
      ["on-primary", "primary"],
      ["on-primary", "primary-hover"],
    ] as [string, string][];
    const dim = pairs
      .map(([word, ground]) => `${word} on ${ground}: ${contrast(colours[word], colours[ground]).toFixed(2)}`)
      .filter((told) => Number(told.split(": ")[1]) < 4.5);
    expect(dim).toEqual([]);
  });

  it("let the edges of controls and the colours of plots be seen", () => {
    const lines = ["edge", ...[1, 2, 3, 4, 5, 6].map((number) => `plot-${number}`)];
    const faint = lines.filter((line) =>
      ["paper", "card"].some((ground) => contrast(colours[line], colours[ground]) < 3),
    );
    expect(faint).toEqual([]);
  });
});

it("gives the dark theme the same colours, whether the machine or the reader asks for it", () => {
  expect(Object.keys(dark).length).toBeGreaterThan(20);
  expect(chosen).toEqual(dark);
  expect(Object.keys(light)).toEqual(Object.keys(dark));
});

it("has the seven sizes of type and no other", () => {
  const sizes = [...tokens.matchAll(/--text-(?:sm|base|md|lg|xl|2xl|3xl): ([\d.]+)rem;/g)].map(
    ([, rem]) => Number(rem) * 16,
  );
  expect(sizes).toEqual([14, 16, 18, 20, 25, 31, 39]);
});
