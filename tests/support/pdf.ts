import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

/** The words of a PDF's first page. */
export async function textOf(pdf: Buffer): Promise<string> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const loaded = await task.promise;
  const page = await loaded.getPage(1);
  const content = await page.getTextContent();
  const text = content.items.map((item) => ("str" in item ? item.str : "")).join(" ");
  await task.destroy();
  return text;
}
