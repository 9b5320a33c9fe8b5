import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { formatMoneyShort } from "@/components/ui/format";
import { MoneyRange } from "@/components/ui/money-range";
import { axisOver, placeOn, type SumRange } from "@/components/ui/range-axis";
import { OfHundred } from "@/components/pictures/of-hundred";
import { ofHundred } from "@/lib/clinics/outcome";

const range: SumRange = {
  lowMinor: 3_000_000n,
  expectedMinor: 3_370_000n,
  highMinor: 3_960_000n,
  currency: "EUR",
};
const words = { low: "Low", expected: "Expected", high: "High" };

/** What somebody hears who does not see the drawing: the text without what is hidden. */
function heard(html: string): string {
  return html
    .replace(/<svg[^>]*aria-hidden="true".*?<\/svg>|<svg[^>]*aria-hidden="true"[^>]*\/>/gs, "")
    .replace(/<[^>]+>/g, "|")
    .replace(/\|+/g, "|");
}

describe("a drawn price", () => {
  it.each(["en", "ar"])("says its three numbers as words, in %s", (locale) => {
    const text = heard(renderToStaticMarkup(<MoneyRange range={range} locale={locale} words={words} />));
    for (const [word, sum] of [
      ["Low", range.lowMinor],
      ["Expected", range.expectedMinor],
      ["High", range.highMinor],
    ] as const)
      expect(text).toContain(`${word} |${formatMoneyShort(sum, "EUR", locale)}`);
  });

  it("stands where its numbers are", () => {
    const axis = { fromMinor: 3_000_000n, toMinor: 4_000_000n };
    expect(placeOn(axis, 3_370_000n)).toBe(37);
    const html = renderToStaticMarkup(<MoneyRange range={range} axis={axis} locale="en" words={words} />);
    expect(html).toContain('cx="37%"');
    expect(html).toMatch(/range-spread" x1="0%" x2="96%"/);
  });

  it("shares an axis from the lowest to the highest sum, and none between two currencies", () => {
    const dearer = { ...range, lowMinor: 2_900_000n, highMinor: 4_100_000n };
    expect(axisOver([range, dearer])).toEqual({ fromMinor: 2_900_000n, toMinor: 4_100_000n });
    expect(axisOver([range, { ...range, currency: "USD" }])).toBeNull();
  });

  it("needs no style attribute, which signed-in pages refuse", () => {
    expect(renderToStaticMarkup(<MoneyRange range={range} locale="en" words={words} />)).not.toContain(
      "style=",
    );
  });
});

describe("patients out of a hundred", () => {
  it("are rounded to whole people, and unknown where nobody was counted", () => {
    expect([ofHundred(2, 169), ofHundred(5, 42), ofHundred(0, 32), ofHundred(1, 0)]).toEqual([
      1,
      12,
      0,
      null,
    ]);
  });

  it("fill as many dots as there are people", () => {
    const filled = (met: number) => {
      const path = /hundred-met" d="([^"]+)"/.exec(renderToStaticMarkup(<OfHundred met={met} />))?.[1] ?? "";
      return [...path.matchAll(/H([\d.]+)/g)].reduce(
        (sum, [, end]) => sum + Math.round(Number(end) + 0.5),
        0,
      );
    };
    expect([0, 1, 9, 10, 12, 100].map(filled)).toEqual([0, 1, 9, 10, 12, 100]);
  });
});
