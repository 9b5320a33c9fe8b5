/** A keyed digest of a value, 32 bytes: the same for the same value within one case and centre, and nowhere else. */
export type Digest = (value: string) => Uint8Array;

const TEXT = "REMOVED";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** Of the standard itself: what kind of object, how it is written. They say nothing about a person. */
const WELL_KNOWN = "1.2.840.10008.";

/** Bytes of a valid value that says nothing, exactly as long as the one it stands for. */
export function dummyOf(vr: string, length: number): Uint8Array {
  const text = dummyText(vr, length);
  return text === null ? new Uint8Array(length) : ascii(text);
}

/** Bytes of an empty value: padding alone, where the representation allows that, else a valid dummy. */
export function emptyOf(vr: string, length: number): Uint8Array {
  if (["DA", "DT", "TM", "AE", "UI"].includes(vr)) return dummyOf(vr, length);
  return dummyText(vr, length) === null ? new Uint8Array(length) : ascii(" ".repeat(length));
}

function dummyText(vr: string, length: number): string | null {
  switch (vr) {
    case "DA":
      return length < 8 ? " ".repeat(length) : "19000101".padEnd(length);
    case "TM":
      return "000000".slice(0, length).padEnd(length);
    case "DT":
      return "19000101000000".slice(0, length).padEnd(length);
    case "DS":
    case "IS":
      return "0".slice(0, length).padEnd(length);
    case "AS":
      return length < 4 ? " ".repeat(length) : "000D".padEnd(length);
    case "AE":
    case "CS":
    case "LO":
    case "LT":
    case "PN":
    case "SH":
    case "ST":
    case "UC":
    case "UR":
    case "UT":
      return TEXT.slice(0, length).padEnd(length);
    default:
      return null;
  }
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** Other UIDs of exactly the same length; several are parted by a backslash, and an odd one is padded. */
export function standInUids(value: Uint8Array, digest: Digest): Uint8Array {
  const text = String.fromCharCode(...value);
  const told = text.replace(/[\0 ]+$/, "");
  const others = told.split("\\").map((uid) => standInUid(uid, digest));
  return ascii(others.join("\\").padEnd(value.length, "\0"));
}

/** Another UID of the same length, below the root that belongs to nobody (2.25). */
export function standInUid(uid: string, digest: Digest): string {
  if (uid.startsWith(WELL_KNOWN) || uid.length < 3) return uid.startsWith(WELL_KNOWN) ? uid : "";
  const root = uid.length < 7 ? "2." : "2.25.";
  const rest = uid.length - root.length;
  const digits = decimals(digest(uid));
  // Below 2.25 stands a number of 128 bits: 38 digits are always less, and a longer one is parted.
  if (rest <= 38) return root + arc(digits.slice(0, rest));
  const first = Math.min(38, rest - 2);
  return `${root}${arc(digits.slice(0, first))}.${arc(digits.slice(first, rest - 1))}`;
}

function decimals(bytes: Uint8Array): string {
  const number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return number.toString().padStart(78, "7");
}

/** A part of a UID begins with no zero. */
function arc(digits: string): string {
  return digits.length > 1 && digits.startsWith("0") ? `1${digits.slice(1)}` : digits;
}

/** A number for a patient that is the same in every file of the case, so that an archive keeps them together. */
export function standInNumber(value: Uint8Array, digest: Digest): Uint8Array {
  const told = String.fromCharCode(...value).replace(/[\0 ]+$/, "");
  const letters = [...digest(told)].map((byte) => LETTERS[byte & 31]).join("");
  const number = `V${letters}`.slice(0, Math.min(16, value.length));
  return ascii(number.padEnd(value.length));
}
