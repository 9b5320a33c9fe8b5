import { randomInt } from "node:crypto";

const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export function randomText(length: number): string {
  let text = "";
  while (text.length < length) text += letters.charAt(randomInt(letters.length));
  return text;
}

/** An id as Stripe writes it, such as `pi_3Kx…`: the prefix says what it names. */
export const newId = (prefix: string, length = 24): string => `${prefix}_${randomText(length)}`;

/** The id behind a field that may hold an id or the object itself. */
export function idOf(reference: string | { id: string } | null): string | null {
  return typeof reference === "object" && reference !== null ? reference.id : reference;
}
