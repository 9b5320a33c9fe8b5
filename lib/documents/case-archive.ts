import { dayOf } from "@/lib/kernel/day";

/** "valvia-V-2026-000123-2026-11-20.zip" */
export function archiveName(caseNumber: string, at: Date): string {
  return `valvia-${caseNumber}-${dayOf(at)}.zip`;
}

const NAME_MAX = 120;

/** Where a file stands in the archive: by its place, then the name it came with, without anything a path could mean. */
export function recordPath(index: number, filename: string): string {
  const plain = filename
    .normalize("NFC")
    .replaceAll(/[\p{Cc}/\\:*?"<>|]/gu, "_")
    .replace(/^[.\s]+/, "")
    .replace(/[.\s]+$/, "");
  const name = plain.slice(-NAME_MAX) || "file";
  return `records/${String(index + 1).padStart(4, "0")}-${name}`;
}
