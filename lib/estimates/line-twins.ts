import { type Refused, refused } from "@/lib/kernel/outcome";

/**
 * Kinds of which one line says all there is: whoever drives, interprets or sends serves it, and what they bring back proves
 * that one line. A second one would be sold and paid out for the very same ride, talk or parcel.
 */
const SERVED_KINDS: readonly string[] = [
  "transfer_arrival",
  "transfer_return",
  "interpreter",
  "medicine_supply",
];

/** The place of a line whose kind is served once and stands further up already; -1 where there is none. */
export function twinAt(kinds: readonly string[]): number {
  return kinds.findIndex((kind, index) => SERVED_KINDS.includes(kind) && kinds.indexOf(kind) < index);
}

/** Refuses a second line of what is served once. */
export function twinRefusal(lines: readonly { kind: string }[]): Refused<"invalid_twin"> | null {
  const index = twinAt(lines.map((line) => line.kind));
  return index < 0 ? null : refused("invalid_twin", { path: `lines.${index}.kind` });
}
