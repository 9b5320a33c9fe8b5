import { describe, expect, it } from "vitest";
import { toldApart } from "@/lib/clinics/comparison";

describe("a compared row", () => {
  it("sets apart what not every centre has, and nothing where all say the same", () => {
    const row = toldApart([[{ text: "German" }, { text: "English" }], [{ text: "English" }]]);
    expect(row.map((cell) => cell.filter(({ apart }) => apart).map(({ text }) => text))).toEqual([
      ["German"],
      [],
    ]);
    expect(toldApart([[{ text: "2–4" }], [{ text: "2–4" }]]).flat()).toEqual([
      { text: "2–4", apart: false },
      { text: "2–4", apart: false },
    ]);
  });

  it("holds a figure against the figure of the same name only", () => {
    const [first] = toldApart([
      [{ label: "Died", text: "2 of 100" }],
      [
        { label: "Stroke", text: "2 of 100" },
        { label: "Died", text: "1 of 100" },
      ],
    ]);
    expect(first).toEqual([{ label: "Died", text: "2 of 100", apart: true }]);
  });
});
