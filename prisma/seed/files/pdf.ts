/** A small valid PDF of text pages in Helvetica, written by hand: the reports of the demo and of the tests. */
export function makePdf(pages: readonly (readonly string[])[], title = "Report"): Buffer {
  const fontId = 3;
  const pageIds = pages.map((_, index) => 4 + index * 2);
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R /Lang (en) >>`,
    `<< /Type /Pages /Kids [${pageIds.map((id) => `${id} 0 R`).join(" ")}] /Count ${pages.length} >>`,
    `<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>`,
    ...pages.flatMap((lines, index) => pageObjects(lines, 5 + index * 2, fontId)),
    `<< /Title (${escaped(title)}) /Producer (Valvia demo) >>`,
  ];
  return assemble(objects);
}

function pageObjects(lines: readonly string[], contentId: number, fontId: number): string[] {
  const text = lines.map((line) => `(${escaped(line)}) Tj T*`).join("\n");
  const content = `BT /F1 11 Tf 16 TL 56 780 Td\n${text}\nET`;
  return [
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${contentId} 0 R ` +
      `/Resources << /Font << /F1 ${fontId} 0 R >> >> >>`,
    `<< /Length ${Buffer.byteLength(content, "latin1")} >>\nstream\n${content}\nendstream`,
  ];
}

function assemble(objects: readonly string[]): Buffer {
  let text = "%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n";
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const lines = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n `);
  const table = ["xref", `0 ${objects.length + 1}`, "0000000000 65535 f ", ...lines].join("\n");
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R >>`;
  return Buffer.from(`${text}${table}\n${trailer}\nstartxref\n${text.length}\n%%EOF\n`, "latin1");
}

function escaped(line: string): string {
  return line.replaceAll(/[^\x20-\xff]/g, "?").replaceAll(/[\\()]/g, (letter) => `\\${letter}`);
}
