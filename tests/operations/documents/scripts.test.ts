import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { describe, expect, it } from "vitest";
import type { Paper } from "@/lib/documents/paper";
import { renderPdf } from "@/lib/infra/pdf";

function paperFor(name: string, lang = "en"): Paper {
  return {
    lang,
    brand: "Valvia",
    operator: "Valvia",
    title: "Payment receipt",
    number: "R-2026-000001",
    lead: "",
    facts: [{ label: "Patient", value: name }],
    sections: [],
    foot: "Valvia",
    check: { rows: ["10", "01"], text: "Check", code: "AAAA-BBBB", address: "http://127.0.0.1" },
  };
}

async function textOf(pdf: Buffer): Promise<string> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const page = await (await task.promise).getPage(1);
  const { items } = await page.getTextContent();
  await task.destroy();
  return items.map((item) => ("str" in item ? item.str : "")).join("");
}

describe("a paper in one language with a name in another's letters", () => {
  it.each(["天津滨海心脏医院", "سميرة حداد", "Дилноза Каримова", "Łukasz Żółć"])(
    "shows %s, under the seal of PDF/UA",
    async (name) => {
      const pdf = renderPdf("paper", paperFor(name), new Date());
      expect(pdf.toString("latin1")).toContain("pdfuaid");
      const letters = [...(await textOf(pdf)).normalize("NFKC")].filter((letter) => name.includes(letter));
      expect(letters.length).toBeGreaterThanOrEqual([...name].length - 1);
    },
  );

  it("comes all the same when no font here can show the name", async () => {
    const pdf = renderPdf("paper", paperFor("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ"), new Date());
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(await textOf(pdf)).toContain("Payment receipt");
  });
});
