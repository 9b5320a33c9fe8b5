/** Crockford's letters: none of them is taken for another. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const LETTERS = 10;

/** How many are made at a time. */
export const RECOVERY_CODES = 10;

/** A new way back in: 50 random bits as two groups of five, "k3p9x-7hq2m". */
export function newRecoveryCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(LETTERS));
  const text = Array.from(bytes, (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join("");
  return `${text.slice(0, 5)}-${text.slice(5)}`;
}

export type TypedCode = { kind: "app"; code: string } | { kind: "recovery"; code: string };

/**
 * What somebody typed as their second step: six digits of an app, or a recovery code, whatever the spaces, the case and
 * the digits of their script. Null for anything else.
 */
export function readCode(text: string): TypedCode | null {
  const plain = asciiDigits(text.normalize("NFKC"))
    .toLowerCase()
    .replaceAll(/[\s\p{Cf}\p{Pd}]/gu, "");
  if (/^\d{6}$/.test(plain)) return { kind: "app", code: plain };
  const code = plain.replaceAll("o", "0").replaceAll(/[il]/g, "1");
  const isWhole = code.length === LETTERS && Array.from(code).every((letter) => ALPHABET.includes(letter));
  return isWhole ? { kind: "recovery", code } : null;
}

/** Arabic and Persian keyboards type digits of their own. */
function asciiDigits(text: string): string {
  return text.replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) =>
    String((digit.codePointAt(0) ?? 0) & 0x0f),
  );
}
