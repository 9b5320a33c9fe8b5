import { addMinutes } from "@/lib/kernel/day";

export const CALL_STATES = ["asked", "reached", "not_reached"] as const;
export type CallState = (typeof CALL_STATES)[number];

/** Who asks for a call hears from a person within two hours, an urgent case within a quarter of one. */
const CALL_MINUTES = 120;
const URGENT_MINUTES = 15;

export function callDueAt(isUrgent: boolean, now: Date): Date {
  return addMinutes(now, isUrgent ? URGENT_MINUTES : CALL_MINUTES);
}
