import "server-only";
import { type StoredFile, readHead } from "@/lib/infra/record-store";
import { openPdf, type PdfFault } from "@/lib/infra/pdf-reader";
import { type FindingCode, finding } from "./finding";
import type { Expected, Inspection } from "./inspection";

export const PDF_BYTES_MAX = 128 * 1024 ** 2;
const NEEDS_IMAGES = ["tte_loops", "tee_loops", "ct_gated"];
const FINDING_OF: Record<PdfFault, FindingCode> = {
  locked: "locked_pdf",
  active: "active_pdf",
  broken: "broken_pdf",
};

/** Counts the pages and refuses what a report never needs: scripts, launches, hidden files, passwords. */
export async function inspectPdf(file: StoredFile, { item }: Expected): Promise<Inspection> {
  const what = { kind: "pdf" as const, mediaType: "application/pdf" };
  if (file.sizeBytes > PDF_BYTES_MAX) return { ...what, findings: [finding("huge_pdf")] };
  const opened = await openPdf(await readHead(file, PDF_BYTES_MAX));
  if ("fault" in opened) return { ...what, findings: [finding(FINDING_OF[opened.fault])] };
  await opened.close();
  const findings = item && NEEDS_IMAGES.includes(item) ? [finding("report_not_loops")] : [];
  return { ...what, findings, pageCount: opened.pageCount };
}
