import "server-only";
import type { PDFDocumentProxy } from "pdfjs-dist";
import { sightOf } from "./pdf-names";

export type PdfFault = "locked" | "active" | "broken";

export interface OpenPdf {
  pageCount: number;
  /** One page as PNG, at most `widthMax` pixels wide. Pages count from 1. */
  page(number: number, widthMax: number): Promise<Buffer>;
  close(): Promise<void>;
}

const PAGES_LOOKED_AT = 200;
const PAGE_PIXELS_MAX = 12_000_000;
/** A larger picture inside a page is left out of the drawing. */
const IMAGE_PIXELS_MAX = 50_000_000;

/** Opens a PDF without ever running anything in it. */
export async function openPdf(bytes: Buffer): Promise<OpenPdf | { fault: PdfFault }> {
  const sight = sightOf(bytes);
  if (sight !== "quiet") return { fault: sight === "active" ? "active" : "broken" };
  const pdfjs = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const task = pdfjs.getDocument({
    data: new Uint8Array(bytes),
    enableXfa: false,
    useSystemFonts: false,
    disableFontFace: true,
    maxImageSize: IMAGE_PIXELS_MAX,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  });
  try {
    const document = await task.promise;
    if (await isActive(document)) {
      await task.destroy();
      return { fault: "active" };
    }
    const pageCount = document.numPages;
    return {
      pageCount,
      page: (number, width) => drawPage(document, number, width),
      close: () => task.destroy(),
    };
  } catch (error) {
    await task.destroy();
    return { fault: error instanceof Error && error.name === "PasswordException" ? "locked" : "broken" };
  }
}

async function isActive(document: PDFDocumentProxy): Promise<boolean> {
  if (document.isPureXfa || (await document.getJSActions()) || (await document.getAttachments())) return true;
  for (let number = 1; number <= Math.min(document.numPages, PAGES_LOOKED_AT); number += 1) {
    const page = await document.getPage(number);
    if (await page.getJSActions()) return true;
    page.cleanup();
  }
  return false;
}

async function drawPage(document: PDFDocumentProxy, number: number, widthMax: number): Promise<Buffer> {
  const { createCanvas } = await import("@napi-rs/canvas");
  const page = await document.getPage(number);
  const natural = page.getViewport({ scale: 1 });
  const fit = Math.min(widthMax / natural.width, 3);
  const cap = Math.sqrt(PAGE_PIXELS_MAX / (natural.width * natural.height));
  const viewport = page.getViewport({ scale: Math.min(fit, cap) });
  const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
  const drawing = page.render({
    canvas: canvas as unknown as HTMLCanvasElement,
    viewport,
    background: "white",
  });
  await drawing.promise;
  return canvas.toBuffer("image/png");
}
