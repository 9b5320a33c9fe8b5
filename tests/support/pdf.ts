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

export interface PlacedText {
  text: string;
  /** From the left edge of the page, in points. */
  left: number;
  right: number;
}

/** What is written on each page, in the order it is read, and where. */
export async function pagesOf(pdf: Buffer): Promise<PlacedText[][]> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const loaded = await task.promise;
  const pages: PlacedText[][] = [];
  for (let number = 1; number <= loaded.numPages; number += 1) {
    const { items } = await (await loaded.getPage(number)).getTextContent();
    pages.push(
      items.flatMap((item) => {
        if (!("str" in item) || item.str.trim() === "") return [];
        const left = Number(item.transform[4]);
        return [{ text: item.str, left, right: left + item.width }];
      }),
    );
  }
  await task.destroy();
  return pages;
}
