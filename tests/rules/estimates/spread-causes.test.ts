import { describe, expect, it } from "vitest";
import { widestLines } from "@/components/estimates/spread-causes";

type Line = Parameters<typeof widestLines>[0][number];

function line(id: string, low: number, high: number, optional = false): Line {
  const sum = (amount: number) => ({ amount, currency: "EUR" });
  return {
    id,
    position: 0,
    contract: "A",
    kind: "stay",
    label: null,
    quantity: 1,
    unit: "day",
    low: sum(low),
    expected: sum(low),
    high: sum(high),
    cause: "why",
    optional,
    taxBp: 0,
    options: null,
  };
}

describe("the causes of a spread", () => {
  it("are the needed lines that move the sum most, widest first, at most three", () => {
    const lines = [
      line("still", 5, 5),
      line("a", 0, 10),
      line("b", 0, 30),
      line("choice", 0, 90, true),
      line("c", 0, 20),
      line("d", 0, 5),
    ];
    expect(widestLines(lines).map(({ id }) => id)).toEqual(["b", "c", "a"]);
  });
});
