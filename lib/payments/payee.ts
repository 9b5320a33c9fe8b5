import type { Releasable } from "./release";

/** confirmed → replaced by the next one; what was proposed is confirmed or refused by a second person. */
export const PAYEE_ACCOUNT_STATES = ["proposed", "confirmed", "refused", "replaced"] as const;

/** Who is paid, beyond the name: what an account is kept for. */
export const clinicKey = (clinicId: string) => `clinic:${clinicId}`;
export const supplierKey = (supplierId: string) => `supplier:${supplierId}`;

/** The payee of a release, by what is known of it or else by the name somebody wrote; null where nobody is named. */
export function payeeOfRelease(
  { payee, payeeKey }: Pick<Releasable, "payee" | "payeeKey">,
  named: string | undefined,
): { payee: string; payeeKey: string } | null {
  if (payeeKey) return { payee, payeeKey };
  const written = named?.trim();
  return written ? { payee: written, payeeKey: `name:${written.toLowerCase()}` } : null;
}

/** As banks write it: no spaces, capital letters. */
export function plainNumber(typed: string): string {
  return typed.replaceAll(/\s/g, "").toUpperCase();
}

/** An IBAN whose check digits are right; or, where it does not begin like one, any number of an account. */
export function isAccountNumber(plain: string): boolean {
  if (!/^[A-Z]{2}\d{2}/.test(plain)) return /^[0-9A-Z-]{4,34}$/.test(plain) && /\d/.test(plain);
  if (!/^[A-Z]{2}\d{2}[0-9A-Z]{11,30}$/.test(plain)) return false;
  const turned = `${plain.slice(4)}${plain.slice(0, 4)}`;
  const digits = turned.replaceAll(/[A-Z]/g, (letter) => `${letter.charCodeAt(0) - 55}`);
  return BigInt(digits) % 97n === 1n;
}

/** An IBAN and nothing else, with right check digits. */
export function isIban(plain: string): boolean {
  return /^[A-Z]{2}\d{2}/.test(plain) && isAccountNumber(plain);
}

export function isBic(plain: string): boolean {
  return /^[A-Z]{6}[0-9A-Z]{2}(?:[0-9A-Z]{3})?$/.test(plain);
}

/** An IBAN in groups of four, as a person compares it. */
export function spacedNumber(plain: string): string {
  return /^[A-Z]{2}\d{2}/.test(plain) ? plain.replaceAll(/(.{4})(?=.)/g, "$1 ") : plain;
}
