/** Every kind of paper, the letter of its series, and whether it is about money only. */
export const DOCUMENT_KINDS = {
  receipt: { letter: "R", isMoney: true },
  decline_report: { letter: "D", isMoney: false },
  estimate: { letter: "E", isMoney: false },
  contract_a: { letter: "KA", isMoney: false },
  contract_b: { letter: "KB", isMoney: false },
  change_order: { letter: "C", isMoney: false },
  statement: { letter: "S", isMoney: true },
  invoice: { letter: "I", isMoney: true },
  credit_note: { letter: "N", isMoney: true },
} as const;
export type DocumentKind = keyof typeof DOCUMENT_KINDS;

export const KIND_NAMES = Object.keys(DOCUMENT_KINDS) as [DocumentKind, ...DocumentKind[]];

/** Papers somebody who only pays, or only keeps the books, may open. */
export const MONEY_KINDS = KIND_NAMES.filter((kind) => DOCUMENT_KINDS[kind].isMoney);

export function isDocumentKind(text: string): text is DocumentKind {
  return Object.hasOwn(DOCUMENT_KINDS, text);
}

/** "R-2026": numbers of a series have no gaps and begin anew each year. */
export function seriesOf(kind: DocumentKind, at: Date): string {
  return `${DOCUMENT_KINDS[kind].letter}-${at.getUTCFullYear()}`;
}

/** "R-2026-000042". */
export function labelOf(series: string, number: number): string {
  return `${series}-${number.toString().padStart(6, "0")}`;
}

/** Digits and letters nobody mistakes for one another (Crockford's base 32). */
const CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LENGTH = 16;

/** 80 random bits: whoever holds the paper can check it, nobody can guess one. `bytes` are 16 random ones. */
export function checkCodeOf(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, CODE_LENGTH), (byte) => CODE_ALPHABET[byte % 32] ?? "0").join("");
}

/** As it is printed: four groups of four. */
export function shownCode(code: string): string {
  return code.replaceAll(/(.{4})(?=.)/g, "$1-");
}

/** What somebody typed, as it is kept; null when it cannot be a code. */
export function typedCode(text: string): string | null {
  const plain = text.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return plain.length === CODE_LENGTH && [...plain].every((letter) => CODE_ALPHABET.includes(letter))
    ? plain
    : null;
}

export function checkAddress(appUrl: string, language: string, code: string): string {
  return `${appUrl}/${language}/check/${code}`;
}
