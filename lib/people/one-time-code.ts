import { createHmac, timingSafeEqual } from "node:crypto";

/** RFC 6238 as every authenticator app speaks it: SHA-1, six digits, a new code each 30 seconds. */
export const STEP_SECONDS = 30;
const DIGITS = 6;
export const SECRET_BYTES = 20;

/** The number of the 30 seconds a moment lies in, counted from 1970. */
export function stepAt(now: Date): number {
  return Math.floor(now.getTime() / 1_000 / STEP_SECONDS);
}

/** The code of one step (RFC 4226, section 5.3). */
export function codeOf(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  const number = (mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 10 ** DIGITS;
  return String(number).padStart(DIGITS, "0");
}

/**
 * The step whose code was typed, or null: clocks may be one step apart. The caller keeps the step, so that the same code
 * never works again.
 */
export function stepOf(secret: Uint8Array, code: string, now: Date): number | null {
  const here = stepAt(now);
  let found: number | null = null;
  // All three are compared, whichever fits: the time it takes tells nothing.
  for (const step of [here - 1, here, here + 1]) {
    if (step >= 0 && isSame(codeOf(secret, step), code)) found = step;
  }
  return found;
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** RFC 4648 without padding: how a secret is typed into an app by hand. */
export function base32(bytes: Uint8Array): string {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  const letters = bits.match(/.{1,5}/g) ?? [];
  return letters.map((five) => BASE32.charAt(Number.parseInt(five.padEnd(5, "0"), 2))).join("");
}

/** What the QR picture says to an authenticator app. */
export function keyAddress(email: string, secret: Uint8Array): string {
  const label = encodeURIComponent(`Valvia:${email}`);
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=Valvia`;
}
