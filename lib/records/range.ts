/** Bytes from `start` up to, not including, `end`. */
export interface ByteRange {
  start: number;
  end: number;
}

export type WantedRange = ByteRange | "whole" | "unsatisfiable";

/**
 * One range of RFC 9110: `bytes=0-99`, `bytes=100-`, `bytes=-50`. Several ranges and other units are answered with
 * the whole, as the standard allows.
 */
export function wantedRange(header: string | null, sizeBytes: number): WantedRange {
  const found = header === null ? null : /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim());
  if (!found) return "whole";
  const [, first = "", last = ""] = found;
  if (first === "" && last === "") return "whole";
  if (first === "") return lastBytes(Number(last), sizeBytes);
  const start = Number(first);
  const end = last === "" ? sizeBytes : Math.min(Number(last) + 1, sizeBytes);
  if (last !== "" && Number(last) < start) return "whole";
  return start < sizeBytes ? { start, end } : "unsatisfiable";
}

function lastBytes(count: number, sizeBytes: number): WantedRange {
  if (count === 0 || sizeBytes === 0) return "unsatisfiable";
  return { start: Math.max(0, sizeBytes - count), end: sizeBytes };
}

/** Content-Disposition of RFC 6266: a plain name for old readers, the true one in UTF-8. */
export function attachment(filename: string): string {
  const plain = filename.replaceAll(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(filename).replaceAll(/['()*!]/g, percent);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

function percent(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
}
